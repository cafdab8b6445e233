from django.apps import AppConfig


class GiftsConfig(AppConfig):
    name = "dorfplatz.gifts"
    label = "gifts"

    def ready(self) -> None:
        from dorfplatz.gifts import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
