"""Who came the same way or on the same day, and what of theirs waits or has appeared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import CardBatch, Identity, Joining
from dorfplatz.moderation.models import Case
from dorfplatz.moderation.queries.areas import deciding_areas

CARDS, TODAY = "cards", "today"
CROWDS = (CARDS, TODAY)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Crowd:
    """People without a role; open cases about them where the viewer decides; entries of theirs that have appeared."""

    author_ids: list[int]
    case_ids: list[int]
    entry_ids: list[int]

    @property
    def thing_count(self) -> int:
        return len(self.case_ids) + len(self.entry_ids)


def crowd_of(case: Case, crowd: str, viewer: Actor, *, now: datetime) -> Crowd:
    """“cards”: who joined with cards of the same batch as the author; “today”: whose account is younger than a day."""
    people = Identity.objects.filter(grants__isnull=True).exclude(pk=viewer.identity_id or 0)
    if crowd == CARDS:
        batch = Joining.objects.filter(identity=case.author_id).values_list("card__batch_id", flat=True).first()
        people = people.filter(joining__card__batch=batch) if batch else people.none()
    else:
        path = case.municipality.path
        people = people.filter(created_at__gt=now - A_DAY, home_area__path__startswith=path)
    authors = list(people.order_by("pk").values_list("pk", flat=True))
    areas = deciding_areas(viewer, case.municipality)
    waiting = Case.objects.filter(closed_at__isnull=True, author__in=people.values("pk"), area_id__in=areas)
    shown = Entry.objects.filter(
        author__in=people.values("pk"), state=State.PUBLISHED, created_at__gt=now - A_WEEK, areas__in=areas
    )
    things = set(waiting.values_list("thing", flat=True))
    entries = {pk for pk in shown.values_list("pk", flat=True) if f"entry:{pk}" not in things}
    return Crowd(authors, list(waiting.order_by("pk").values_list("pk", flat=True)), sorted(entries))


def batches_of(case: Case, crowd: str) -> list[CardBatch]:
    """The cards with which such a crowd came, where they still work and were made for where the case lies."""
    if crowd != CARDS:
        return []
    batch = Joining.objects.filter(identity=case.author_id, card__isnull=False).values("card__batch")
    found = CardBatch.objects.filter(pk__in=batch, withdrawn_at__isnull=True, area__path__startswith=case.area.path)
    return list(found.select_related("area"))
