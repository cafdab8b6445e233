from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "dorfplatz.ui"
    label = "ui"

    def ready(self) -> None:
        from dorfplatz.ui import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
