from django.apps import AppConfig


class EmbedsConfig(AppConfig):
    name = "dorfplatz.embeds"
    label = "embeds"

    def ready(self) -> None:
        from dorfplatz.embeds import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
