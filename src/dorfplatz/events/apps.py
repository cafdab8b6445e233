from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "dorfplatz.events"
    label = "events"

    def ready(self) -> None:
        from dorfplatz.events import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
