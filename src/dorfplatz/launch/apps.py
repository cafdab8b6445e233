from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "dorfplatz.launch"
    label = "launch"

    def ready(self) -> None:
        from dorfplatz.launch import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
