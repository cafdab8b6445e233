"""What the worker does with papers."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.kernel.actor import system
from dorfplatz.noticeboard import actions


@job(Conduct(_("Sending the village paper to those who print it")))
def mail_paper(paper_id: int, after: int) -> None:
    actions.mail_paper(paper_id, after=after, by=system("noticeboard"), now=timezone.now())
