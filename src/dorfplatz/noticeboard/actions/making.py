"""Making a village paper: begin, say what goes in, greet, publish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.models import Entry
from dorfplatz.entries.visible import visible_ids
from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import accept_upload, erase_picture
from dorfplatz.media.models import Picture
from dorfplatz.noticeboard.enums import PaperState, Period, Wish
from dorfplatz.noticeboard.models import Paper, PaperItem
from dorfplatz.noticeboard.policies import can_edit_papers
from dorfplatz.villages.models import Area

LONGEST_GREETING, LONGEST_WORDS, LONGEST_ALT = 800, 600, 300
MOST_MOVED = 200
MAILED_AFTER = timedelta(minutes=10)  # time to take it back, for whoever sees the mistake right after


@transaction.atomic
def begin_paper(area: Area, *, period: str, starts_on: date, by: Actor, now: datetime) -> Paper:
    """The area's paper for the week or month that begins then, new or as it is already."""
    can_edit_papers(by, area).require()
    if period not in Period.values or (period == Period.MONTH and starts_on.day != 1):
        raise Problem(_("A paper is for a week, or for a month from its first day."))
    paper, is_new = Paper.objects.get_or_create(
        area=area, period=period, starts_on=starts_on, defaults={"begun_by_id": by.identity_id, "begun_at": now}
    )
    if is_new:
        _record("paper.begun", paper, by=by, now=now)
    return paper


@transaction.atomic
def greet_in_paper(paper: Paper, *, greeting: str, language: str, by: Actor, now: datetime) -> Paper:
    """What the paper says at the top; "" takes it away."""
    paper = _open(paper, by)
    if len(greeting) > LONGEST_GREETING:
        raise Problem(_("Please keep the greeting to %(most)d letters: it stands above everything else.") % {
            "most": LONGEST_GREETING
        })  # fmt: skip
    paper.greeting, paper.greeting_language = greeting.strip(), language
    return _changed(paper, "paper.greeted", by=by, now=now)


@transaction.atomic
def wish_for_item(
    paper: Paper, *, entry_id: int, wish: str, words: str | None = None, by: Actor, now: datetime
) -> Paper:
    """Whether an item goes in, and in which shorter words; None leaves the words as they are."""
    paper = _open(paper, by)
    if wish not in Wish.values or (words is not None and len(words) > LONGEST_WORDS):
        raise Problem(_("Please keep an item to %(most)d letters.") % {"most": LONGEST_WORDS})
    entry = _printable_entry(entry_id, now)
    item, _is_new = PaperItem.objects.get_or_create(paper=paper, entry=entry)
    item.wish = wish
    item.words = item.words if words is None else words.strip()
    item.save()
    return _changed(paper, "paper.item_wished", by=by, now=now, entry_id=entry_id)


@transaction.atomic
def arrange_items(paper: Paper, *, entry_ids: Sequence[int], by: Actor, now: datetime) -> Paper:
    """Have these items of one section stand in this order."""
    paper = _open(paper, by)
    if len(set(entry_ids)) != len(entry_ids) or len(entry_ids) > MOST_MOVED:
        raise Problem(_("Each item has one place."))
    seen = visible_ids(entry_ids, VISITOR, now=now)
    for position, entry_id in enumerate((pk for pk in entry_ids if pk in seen), start=1):
        PaperItem.objects.update_or_create(paper=paper, entry_id=entry_id, defaults={"position": position})
    return _changed(paper, "paper.arranged", by=by, now=now)


def hang_paper_picture(paper: Paper, *, file: File[bytes] | None, alt: str, by: Actor, now: datetime) -> Paper:
    """The picture at the top; None takes it away. Call it outside a transaction, as `accept_upload` wants it."""
    _require_open(paper, by)
    picture = None
    if file is not None:
        if not alt.strip():
            raise Problem(_("Please say in a few words what is to be seen, for those who cannot see it."))
        picture = accept_upload(file, alt=alt.strip()[:LONGEST_ALT], by=by, now=now)
    return _hung(paper, picture, by=by, now=now)


@transaction.atomic
def _hung(paper: Paper, picture: Picture | None, *, by: Actor, now: datetime) -> Paper:
    paper = _open(paper, by)
    before, paper.picture = paper.picture, picture
    paper = _changed(paper, "paper.picture_hung", by=by, now=now)
    if before is not None:
        erase_picture(before, by=by, now=now)
    return paper


@transaction.atomic
def publish_paper(paper: Paper, *, by: Actor, now: datetime) -> Paper:
    """From now on everybody may have it, and it says what it says now. A little later it goes to those who print it."""
    paper = _open(paper, by)
    paper.state, paper.filled_at = PaperState.PUBLISHED, now
    task, key = "dorfplatz.noticeboard.tasks.mail_paper", f"paper-mail:{paper.pk}:0"
    enqueue(task, key=key, run_after=now + MAILED_AFTER, paper_id=paper.pk, after=0)
    return _changed(paper, "paper.published", by=by, now=now)


@transaction.atomic
def reopen_paper(paper: Paper, *, by: Actor, now: datetime) -> Paper:
    """Take a published paper back to change it."""
    can_edit_papers(by, paper.area).require()
    paper = Paper.objects.select_for_update(of=("self",)).select_related("area", "picture").get(pk=paper.pk)
    paper.state, paper.filled_at = PaperState.DRAFT, None
    return _changed(paper, "paper.reopened", by=by, now=now)


def _require_open(paper: Paper, by: Actor) -> None:
    can_edit_papers(by, paper.area).require()
    if paper.is_published:
        raise Problem(_("This paper is published. Take it back first to change it."))


def _open(paper: Paper, by: Actor) -> Paper:
    """The row under a lock, if it may be changed."""
    can_edit_papers(by, paper.area).require()
    found = Paper.objects.select_for_update(of=("self",)).select_related("area", "picture").get(pk=paper.pk)
    _require_open(found, by)
    return found


def _changed(paper: Paper, verb: str, *, by: Actor, now: datetime, entry_id: int | None = None) -> Paper:
    paper.version += 1
    paper.save()
    _record(verb, paper, by=by, now=now, entry_id=entry_id)
    return paper


def _record(verb: str, paper: Paper, *, by: Actor, now: datetime, entry_id: int | None = None) -> None:
    details = {"entry": entry_id} if entry_id else {}
    record_act(verb, by=by, now=now, thing=f"paper:{paper.pk}", area_id=paper.area_id, details=details)


def _printable_entry(entry_id: int, now: datetime) -> Entry:
    if not visible_ids([entry_id], VISITOR, now=now):
        raise Problem(_("This is not public (any more), so it cannot be printed."))
    return Entry.objects.get(pk=entry_id)
