"""Organisations of the square, to choose from in a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading, with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.letters.sockets import Addressee
from dorfplatz.members.sockets import Backer
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Keeper
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import Site


def organizations_of(site: Site, viewer: Actor, *, now: datetime) -> list[tuple[int, str]]:
    """Ids and titles of the organisations that the viewer may see, by title."""
    areas = frozenset({area.pk for area in (*site.villages, *site.outside, site.municipality.area)})
    found = Entry.objects.filter(kind=PlaceKind.ORGANIZATION).in_areas(areas).visible_to(viewer, now=now)
    return list(found.order_by("title", "pk").values_list("pk", "title"))


def organizations_kept_by(viewer: Actor) -> list[Backer]:
    """The published organisations that the viewer keeps current, and so may speak for."""
    kept = Keeper.objects.filter(identity=viewer.identity_id or 0, ended_at__isnull=True)
    shown = kept.filter(listing__entry__kind=PlaceKind.ORGANIZATION, listing__entry__state=State.PUBLISHED)
    rows = shown.order_by("listing__entry__title").values_list("listing_id", "listing__entry__title")
    return [Backer(pk, title) for pk, title in rows]


def names_of_organizations(entry: Entry) -> list[str]:
    """What organisations of the same municipality are called, where it takes two words: no engine translates these."""
    roots = Municipality.objects.values_list("area__path", flat=True)
    paths = [str(placement.area.path) for placement in entry.placements.all()]
    around = Q()
    for root in {str(root) for root in roots if any(path.startswith(str(root)) for path in paths)}:
        around |= Q(placements__area__path__startswith=root)
    if not around:
        return []
    named = Entry.objects.filter(around, kind=PlaceKind.ORGANIZATION, state=State.PUBLISHED, title__contains=" ")
    return list(named.exclude(title=entry.title).values_list("title", flat=True).distinct())


def kept_by(identity_id: int) -> QuerySet[Any, Any]:
    """Ids of the published entries that this person keeps; a query for others to ask. A system query."""
    kept = Keeper.objects.filter(identity=identity_id, ended_at__isnull=True, listing__entry__state=State.PUBLISHED)
    return kept.order_by().values("listing_id")


def keepers_with_login(listing_id: int) -> list[int]:
    """Ids of the people who keep this entry and can read letters; a system query."""
    kept = Keeper.objects.filter(listing=listing_id, ended_at__isnull=True, listing__entry__state=State.PUBLISHED)
    reading = kept.filter(identity__is_blocked=False, identity__login__is_active=True)
    return list(reading.values_list("identity_id", flat=True))


def addressees(ids: Collection[int]) -> Mapping[int, Addressee]:
    """Published entries as letters name them. A system query: whoever writes has found them before."""
    found = Entry.objects.filter(pk__in=list(ids), kind__in=PlaceKind.values, state=State.PUBLISHED)
    return {entry.pk: _addressee(entry) for entry in with_words(found)}


def _addressee(entry: Entry) -> Addressee:
    url = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    title = reading(entry, get_language() or entry.language).title
    return Addressee(entry.pk, title, url, tuple(placement.area_id for placement in entry.placements.all()))


def find_kept(code: str, viewer: Actor, *, now: datetime) -> int | None:
    """The entry of the social map with that address, if the viewer sees it and somebody keeps it."""
    found = Entry.objects.filter(code=code.lower(), kind__in=PlaceKind.values).visible_to(viewer, now=now)
    pk = found.values_list("pk", flat=True).first()
    return pk if pk is not None and keepers_with_login(pk) else None
