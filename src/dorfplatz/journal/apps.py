from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "dorfplatz.journal"
    label = "journal"

    def ready(self) -> None:
        from dorfplatz.journal import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
