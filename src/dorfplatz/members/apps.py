from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "dorfplatz.members"
    label = "members"

    def ready(self) -> None:
        from dorfplatz.members import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
