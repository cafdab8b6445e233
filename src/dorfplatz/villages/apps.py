from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "dorfplatz.villages"
    label = "villages"

    def ready(self) -> None:
        from dorfplatz.villages import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
