from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "dorfplatz.moderation"
    label = "moderation"

    def ready(self) -> None:
        from dorfplatz.moderation import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
