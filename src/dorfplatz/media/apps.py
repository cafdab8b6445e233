from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "dorfplatz.media"
    label = "media"

    def ready(self) -> None:
        from dorfplatz.media import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
