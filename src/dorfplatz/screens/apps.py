from django.apps import AppConfig


class ScreensConfig(AppConfig):
    name = "dorfplatz.screens"
    label = "screens"

    def ready(self) -> None:
        from dorfplatz.screens import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
