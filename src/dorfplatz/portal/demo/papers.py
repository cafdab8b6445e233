"""The village paper of Niel: this week's on the wall, next week's in the making; and who prints it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.queries import actor_of_identity, identity_of_email
from dorfplatz.noticeboard.actions import (
    begin_paper,
    greet_in_paper,
    print_paper,
    publish_paper,
    subscribe_to_papers,
)
from dorfplatz.noticeboard.enums import Period, Shape
from dorfplatz.noticeboard.models import Paper, PaperSubscription
from dorfplatz.noticeboard.queries import local_today
from dorfplatz.villages.models import Area, Municipality

GREETING = (
    "Liebe Nielerinnen und Nieler, der Brunnen am Brink ist winterfest, und am Küchentisch bei Ben ist immer ein "
    "Stuhl frei. Wer nicht gut sieht: Das Blatt gibt es auch in großer Schrift."
)

# Who prints it: by mail, of which village, on which sheet, in which languages.
PRINTERS = (
    ("anna@example.org", "niel", Shape.A4, ["de"]),
    ("ben@example.org", "niel", Shape.A3, ["de", "nl"]),
    ("dirk@example.org", "niel", Shape.LARGE, ["nl"]),
)


def put_papers(municipality: Municipality, areas: Mapping[str, Area], *, by: Actor, now: datetime) -> int:
    """Have the two papers, renewed as the weeks go by; returns how many were new."""
    today = local_today(municipality, now)
    monday = today - timedelta(days=today.weekday())
    _put_printers(areas, now=now)
    return sum(_put(areas["niel"], monday + timedelta(days=7 * week), week == 0, by, now) for week in (0, 1))


def _put(area: Area, starts_on: date, is_out: bool, by: Actor, now: datetime) -> int:
    if Paper.objects.filter(area=area, period=Period.WEEK, starts_on=starts_on).exists():
        return 0
    paper = begin_paper(area, period=Period.WEEK, starts_on=starts_on, by=by, now=now)
    paper = greet_in_paper(paper, greeting=GREETING, language="de", by=by, now=now)
    if is_out:
        paper = publish_paper(paper, by=by, now=now)
        print_paper(paper, form=Shape.A4, languages=["de"], by=by, now=now)
    return 1


def _put_printers(areas: Mapping[str, Area], *, now: datetime) -> None:
    for email, slug, form, languages in PRINTERS:
        person = identity_of_email(email)
        if person and not PaperSubscription.objects.filter(identity=person, area=areas[slug]).exists():
            subscribe_to_papers(areas[slug], form=form, languages=languages, by=actor_of_identity(person), now=now)
