from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "dorfplatz.desk"
    label = "desk"

    def ready(self) -> None:
        from dorfplatz.desk import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
