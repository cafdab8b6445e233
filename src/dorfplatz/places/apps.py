from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "dorfplatz.places"
    label = "places"

    def ready(self) -> None:
        from dorfplatz.places import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
