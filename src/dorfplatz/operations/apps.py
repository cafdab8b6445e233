from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "dorfplatz.operations"
    label = "operations"

    def ready(self) -> None:
        from dorfplatz.operations import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
