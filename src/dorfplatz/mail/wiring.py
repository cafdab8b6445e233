"""What this app plugs into lower floors."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import system
from dorfplatz.mail.actions import erase_mails


def _erase_again(_thing: str, details: Mapping[str, Any]) -> None:
    erase_mails(details["mails"], by=system("restore"), now=timezone.now())


erasures.plug("erase_mails", _erase_again)
periodic.plug(
    "mail.erase", Periodic("dorfplatz.mail.tasks.erase_old_mails", every=timedelta(days=1), offset=timedelta(hours=3))
)
if settings.IMAP_URL:
    periodic.plug("mail.fetch", Periodic("dorfplatz.mail.tasks.fetch_mails", every=timedelta(minutes=2)))
