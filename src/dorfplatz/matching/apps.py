from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "dorfplatz.matching"
    label = "matching"

    def ready(self) -> None:
        from dorfplatz.matching import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
