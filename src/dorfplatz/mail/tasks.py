"""What the worker does with mails."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.mail import actions
from dorfplatz.mail.arrival import take_in
from dorfplatz.mail.inbound.imap import fetch

# A mail server may be away for a long weekend: at most half an hour between attempts, four days in all.
PATIENT = Conduct(
    _("Sending a mail"),
    outside=True,
    attempts=210,
    first_wait=timedelta(seconds=30),
    longest_wait=timedelta(minutes=30),
)


@job(PATIENT)
def deliver_mail(mail_id: int) -> None:
    actions.deliver_mail(mail_id, now=timezone.now())


@job(Conduct(_("Erasing sent mails")))
def erase_old_mails() -> None:
    actions.erase_old_mails(now=timezone.now())


@job(Conduct(_("Fetching answers by mail"), outside=True, attempts=1))
def fetch_mails() -> None:
    fetch(settings.IMAP_URL, lambda raw: take_in(raw, now=timezone.now()))
