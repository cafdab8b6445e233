from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "dorfplatz.letters"
    label = "letters"

    def ready(self) -> None:
        from dorfplatz.letters import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
