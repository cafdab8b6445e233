from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "dorfplatz.intake"
    label = "intake"

    def ready(self) -> None:
        from dorfplatz.intake import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
