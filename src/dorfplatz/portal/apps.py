from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "dorfplatz.portal"
    label = "portal"

    def ready(self) -> None:
        from dorfplatz.portal import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
