from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "dorfplatz.jobs"
    label = "jobs"

    def ready(self) -> None:
        from dorfplatz.jobs import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
