from django.apps import AppConfig


class SquareConfig(AppConfig):
    name = "dorfplatz.square"
    label = "square"

    def ready(self) -> None:
        from dorfplatz.square import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
