"""Papers by mail, for those who print them: asking for them, ending it, sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.actions import post_mails
from dorfplatz.mail.enums import Absent
from dorfplatz.mail.sockets import Enclosed
from dorfplatz.noticeboard.enums import BOTH, PAPER
from dorfplatz.noticeboard.formats import FORMATS
from dorfplatz.noticeboard.models import Paper, PaperSubscription
from dorfplatz.noticeboard.policies import can_get_papers, can_mail_papers
from dorfplatz.noticeboard.post import posting_of, spoken_of
from dorfplatz.noticeboard.queries import local_today, paper_file, subject_of
from dorfplatz.press.actions import order_printing
from dorfplatz.press.queries import open_printing, printing_of
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import municipality_of

MAIL = "dorfplatz.noticeboard.tasks.mail_paper"
AT_A_TIME = 200


@transaction.atomic
def subscribe_to_papers(
    area: Area, *, form: str, languages: Sequence[str], by: Actor, now: datetime
) -> PaperSubscription:
    """Each new paper of the area comes to the person by mail, on that sheet; asked again, it is as asked last."""
    can_get_papers(by).require()
    municipality = municipality_of(area)
    spoken = municipality.languages if municipality else []
    if form not in FORMATS or not 1 <= len(languages) <= 2 or not set(languages) <= set(spoken):
        raise Problem(_("This paper is not printed that way."))
    identity_id = by.identity_id or 0
    asked = {"form": form, "language": BOTH.join(languages), "asked_at": now}
    made, _is_new = PaperSubscription.objects.update_or_create(identity_id=identity_id, area=area, defaults=asked)
    record_act("papers.subscribed", by=by, now=now, thing=f"paper_subscription:{made.pk}")
    return made


@transaction.atomic
def end_subscription(area_id: int, *, identity_id: int, by: Actor, now: datetime) -> int:
    """No more papers of that area by mail; where there was no wish, nothing happens. Returns how many were ended."""
    can_get_papers(by, identity_id).require()
    rows = list(PaperSubscription.objects.filter(area_id=area_id, identity_id=identity_id))
    for row in rows:
        record_act("papers.unsubscribed", by=by, now=now, thing=f"paper_subscription:{row.pk}")
        row.delete()
    return len(rows)


@transaction.atomic
def mail_paper(paper_id: int, *, after: int, by: Actor, now: datetime) -> int:
    """Post a published paper to the next few who want it, those with ids above `after`, and the rest after that.

    Each person gets one mail for a paper, also where it was taken back and published again, or this is called again
    after a crash. A paper whose days are over is not sent. Returns how many there were.
    """
    can_mail_papers(by).require()
    paper = Paper.objects.select_related("area").filter(pk=paper_id).first()
    municipality = municipality_of(paper.area) if paper else None
    if paper is None or municipality is None or not paper.is_published:
        return 0
    if paper.ends_on < local_today(municipality, now):
        return 0
    found = list(PaperSubscription.objects.that_can_be_written_to(paper.area_id).filter(pk__gt=after)[:AT_A_TIME])
    for form, languages in {(one.form, spoken_of(one, municipality)) for one in found}:
        _have_printed(paper, form, languages, by=by, now=now)
    post_mails([posting_of(one, paper, municipality) for one in found], by=by, now=now)
    if len(found) == AT_A_TIME:
        enqueue(MAIL, key=f"paper-mail:{paper.pk}:{found[-1].pk}", paper_id=paper.pk, after=found[-1].pk)
    return len(found)


@transaction.atomic
def enclose_paper(told: Mapping[str, Any], *, by: Actor, now: datetime) -> Enclosed | Absent:
    """The file as it is when the mail leaves: made anew where something on it was hidden since."""
    can_mail_papers(by).require()
    paper = Paper.objects.select_related("area").filter(pk=told["paper"]).first()
    if paper is None or not paper.is_published:
        return Absent.GONE
    form, languages = told["form"], told["languages"]
    printing = printing_of(PAPER, subject_of(paper, form, languages))
    file = open_printing(printing) if printing else None
    if file is None:
        _have_printed(paper, form, languages, by=by, now=now)
        return Absent.NOT_YET
    with file:
        return Enclosed(paper_file(paper, form, languages), file.read())


def _have_printed(paper: Paper, form: str, languages: Sequence[str], *, by: Actor, now: datetime) -> None:
    subject = subject_of(paper, form, languages)
    known = printing_of(PAPER, subject)
    if known is None or open_printing(known) is None:
        order_printing(PAPER, subject=subject, by=by, now=now)
