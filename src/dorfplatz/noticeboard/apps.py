from django.apps import AppConfig


class NoticeboardConfig(AppConfig):
    name = "dorfplatz.noticeboard"
    label = "noticeboard"

    def ready(self) -> None:
        from dorfplatz.noticeboard import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
