"""Calendars and feeds of clubs: read from now on, elsewhere set out, no longer read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import remove_entries
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.imports.enums import SourceKind
from dorfplatz.imports.models import Source
from dorfplatz.imports.policies import can_import
from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.models import Area, Municipality

READ = "dorfplatz.imports.tasks.read_subscription"


@dataclass(frozen=True)
class Subscription:
    """What is read where, by what name, and where it is set out; None for the whole municipality, and for no club."""

    kind: SourceKind
    address: str
    label: str
    area: Area | None
    organiser_id: int | None


@transaction.atomic
def add_subscription(municipality: Municipality, *, wanted: Subscription, by: Actor, now: datetime) -> Source:
    """Read that address from now on. Raises Problem when it is read already, and for a name that is taken."""
    can_import(by, municipality).require()
    there = Source.objects.filter(municipality=municipality, kind=wanted.kind)
    if there.filter(address=wanted.address, ended_at=None).exists():
        raise Problem(_("This address is read already."))
    _check_label(municipality, wanted.kind, wanted.label, but=None)
    source = Source.objects.create(
        municipality=municipality, kind=wanted.kind, address=wanted.address, label=wanted.label, area=wanted.area,
        organiser_id=wanted.organiser_id, read_at=now, due_at=now,
    )  # fmt: skip
    record_act("imports.subscribed", by=by, now=now, thing=f"source:{source.pk}", area_id=municipality.pk)
    enqueue(READ, key=f"subscription:{source.pk}", source_id=source.pk)
    return source


@transaction.atomic
def change_subscription(
    source: Source, *, label: str, area: Area | None, organiser_id: int | None, by: Actor, now: datetime
) -> None:
    """Another name, village or club, for what comes from now on. Raises Problem for a name that is taken."""
    can_import(by, source.municipality).require()
    _check_label(source.municipality, source.kind, label, but=source.pk)
    source.label, source.area, source.organiser_id = label, area, organiser_id
    source.save(update_fields=["label", "area", "organiser"])
    record_act(
        "imports.subscription_changed", by=by, now=now, thing=f"source:{source.pk}", area_id=source.municipality_id
    )


@transaction.atomic
def ask_to_read(source: Source, *, by: Actor, now: datetime) -> None:
    """Have it read soon, once, however often somebody asks."""
    can_import(by, source.municipality).require()
    if source.ended_at is not None:
        raise Problem(_("It is no longer read."))
    Source.objects.filter(pk=source.pk).update(due_at=now)
    enqueue(READ, key=f"subscription:{source.pk}", source_id=source.pk)


@transaction.atomic
def end_subscription(source: Source, *, takes_away: bool, by: Actor, now: datetime) -> int:
    """Read it no more. What came of it stays, or what is still to come of it is removed; how much that was."""
    can_import(by, source.municipality).require()
    source.ended_at, source.due_at = source.ended_at or now, None
    source.save(update_fields=["ended_at", "due_at"])
    record_act(
        "imports.subscription_ended", by=by, now=now, thing=f"source:{source.pk}", area_id=source.municipality_id
    )
    return remove_entries(_still_standing(source, now), by=by, now=now) if takes_away else 0


def _still_standing(source: Source, now: datetime) -> list[Entry]:
    """What came of it, but for dates that are over."""
    dates = Entry.objects.filter(event__date_record__source=source).exclude(ends_at__lt=now)
    news = Entry.objects.filter(post__news_record__source=source)
    found = (dates | news).exclude(state=State.REMOVED).distinct()
    return list(found.prefetch_related("placements__area").order_by("pk"))


def _check_label(municipality: Municipality, kind: str, label: str, *, but: int | None) -> None:
    others = Source.objects.filter(municipality=municipality, kind=kind, label=label)
    if others.exclude(pk=but or 0).exists():
        raise Problem(_("There is one of this name already."))
