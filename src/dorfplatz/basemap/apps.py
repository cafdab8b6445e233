from django.apps import AppConfig


class BasemapConfig(AppConfig):
    name = "dorfplatz.basemap"
    label = "basemap"

    def ready(self) -> None:
        from dorfplatz.basemap import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
