from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "dorfplatz.api"
    label = "api"

    def ready(self) -> None:
        from dorfplatz.api import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
