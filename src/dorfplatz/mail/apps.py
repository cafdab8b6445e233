from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "dorfplatz.mail"
    label = "mail"

    def ready(self) -> None:
        from dorfplatz.mail import wiring  # noqa: F401, PLC0415  wiring plugs this app into lower floors
