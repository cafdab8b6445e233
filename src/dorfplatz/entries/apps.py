from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "dorfplatz.entries"
    label = "entries"

    def ready(self) -> None:
        from dorfplatz.entries import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
