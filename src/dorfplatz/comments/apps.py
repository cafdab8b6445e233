from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "dorfplatz.comments"
    label = "comments"

    def ready(self) -> None:
        from dorfplatz.comments import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
