from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "dorfplatz.languages"
    label = "languages"

    def ready(self) -> None:
        from dorfplatz.languages import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
