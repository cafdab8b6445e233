from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "dorfplatz.imports"
    label = "imports"

    def ready(self) -> None:
        from dorfplatz.imports import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
