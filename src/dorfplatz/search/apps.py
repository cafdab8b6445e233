from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "dorfplatz.search"
    label = "search"

    def ready(self) -> None:
        from dorfplatz.search import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
