from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "dorfplatz.translation"
    label = "translation"

    def ready(self) -> None:
        from dorfplatz.translation import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
