from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "dorfplatz.channels"
    label = "channels"

    def ready(self) -> None:
        from dorfplatz.channels import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
