from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "dorfplatz.press"
    label = "press"

    def ready(self) -> None:
        from dorfplatz.press import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
