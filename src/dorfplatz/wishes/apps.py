from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "dorfplatz.wishes"
    label = "wishes"

    def ready(self) -> None:
        from dorfplatz.wishes import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
