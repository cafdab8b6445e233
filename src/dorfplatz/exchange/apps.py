from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "dorfplatz.exchange"
    label = "exchange"

    def ready(self) -> None:
        from dorfplatz.exchange import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
