"""A municipality from its description: created, or brought up to date; a second run changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.geo import Point, distance_m
from dorfplatz.kernel.text import ANY_LANGUAGE, in_language, slug
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.actions.outlines import compute_outlines
from dorfplatz.villages.description import Description, ForeignArea, VillageDescription
from dorfplatz.villages.enums import OUTSIDE_TINT, TINT_COUNT, AreaKind, OutlineOrigin
from dorfplatz.villages.facts import MunicipalitySetUp
from dorfplatz.villages.models import Area, AreaLink, Edition, Host, Municipality
from dorfplatz.villages.policies import can_manage_municipality, can_set_up_municipality
from dorfplatz.villages.queries import reserved_words

# Neighbours that a description leaves open: the nearest few within easy reach.
MOST_NEAR = 4
NEAR_M = 7_000


@dataclass
class SetupReport:
    """What a run of the set-up did, by slug."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    def note_change(self, name: str) -> None:
        """What was created in this run has not changed on top of it."""
        if name.partition(":")[0] not in self.created:
            self.changed.append(name)

    @property
    def is_unchanged(self) -> bool:
        return not self.created and not self.changed


@transaction.atomic
def set_up_municipality(
    description: Description, *, by: Actor, now: datetime, is_demonstration: bool = False
) -> tuple[Municipality, SetupReport]:
    """Create or update the municipality, its villages, hosts and neighbours. What the file leaves open is kept.

    Raises Problem for reserved slugs, for hosts that belong to another municipality, and where the demonstration and
    a real municipality would become one: the demonstration's logins are known to everybody.
    """
    can_set_up_municipality(by).require()
    slugs = {v.slug for v in description.villages} | {f.slug for f in description.foreign_areas}
    taken = reserved_words() & slugs
    if taken:
        raise Problem(_("“%(word)s” is a word of our addresses; choose another slug.") % {"word": min(taken)})
    report = SetupReport()
    municipality = _municipality(description, is_demonstration, report)
    Edition.objects.get_or_create(municipality=municipality)
    areas = {}
    for number, village in enumerate(description.villages):
        areas[village.slug] = _village(village, municipality, description.country, number, report)
    for foreign in description.foreign_areas:
        areas[foreign.slug] = _foreign_area(foreign, report)
    for host in description.hosts:
        _host(host, municipality, report)
    _link_neighbours(description, areas, report)
    Area.objects.filter(slug__in=set(report.changed), path__startswith=municipality.path).update(
        version=F("version") + 1, changed_at=now
    )
    if compute_outlines(municipality, by=by, now=now):
        report.note_change(f"{description.slug}: outlines")
    if not report.is_unchanged:
        record_act("municipality.set_up", by=by, now=now, thing=f"municipality:{municipality.pk}")
        announce(MunicipalitySetUp(municipality.pk))
    return municipality, report


@transaction.atomic
def add_foreign_area(municipality: Municipality, *, foreign: ForeignArea, by: Actor, now: datetime) -> Area:
    """A neighbour outside the municipality that its villages may name; one that is known already is returned.

    Raises Problem where the name belongs to one of the municipality's own villages or is reserved.
    """
    can_manage_municipality(by, municipality).require()
    own = Area.objects.within(municipality.path).values_list("slug", flat=True)
    if foreign.slug in own or slug(foreign.municipality) == municipality.area.slug:
        raise Problem(_("%(name)s belongs to this municipality already.") % {"name": in_language(foreign.name, "de")})
    if foreign.slug in reserved_words():
        raise Problem(_("“%(word)s” is a word of our addresses; choose another slug.") % {"word": foreign.slug})
    report = SetupReport()
    area = _foreign_area(foreign, report)
    if not report.is_unchanged:
        record_act("municipality.neighbour_added", by=by, now=now, thing=f"area:{area.pk}", area_id=municipality.pk)
    return area


def _municipality(description: Description, is_demonstration: bool, report: SetupReport) -> Municipality:
    area = _area(
        None,
        description.slug,
        AreaKind.MUNICIPALITY,
        stated={"name": dict(description.name), "country": description.country},
        first={},
        report=report,
    )
    stated: dict[str, Any] = {
        "is_served": True,
        "is_demonstration": is_demonstration,
        "official_key": description.official_key,
        "languages": list(description.languages),
        "timezone": description.timezone,
    }
    if description.ring is not None:
        stated["ring"] = [list(pair) for pair in description.ring]
    municipality = Municipality.objects.select_related("area").filter(pk=area.pk).first()
    if municipality is None:
        return Municipality.objects.create(area=area, **stated)
    _check_demonstration(municipality, is_demonstration)
    if _differs(municipality, stated):
        municipality.save()
        report.note_change(description.slug)
    return municipality


def _check_demonstration(municipality: Municipality, is_demonstration: bool) -> None:
    if municipality.is_served and municipality.is_demonstration != is_demonstration:
        name = {"name": municipality}
        raise Problem(
            _("%(name)s is there already, with real people; the demonstration needs an installation of its own.") % name
            if is_demonstration
            else _("%(name)s is the demonstration here; set the real one up in an installation of its own.") % name
        )


def _village(
    village: VillageDescription, municipality: Municipality, country: str, number: int, report: SetupReport
) -> Area:
    stated: dict[str, Any] = {
        "name": dict(village.name),
        "country": country,
        "lat": village.point.lat,
        "lon": village.point.lon,
    }
    if village.inhabitants is not None:
        stated["inhabitants"] = village.inhabitants
    if village.outline is not None:
        stated |= {"outline": village.outline, "outline_origin": OutlineOrigin.GIVEN}
    first = {"tint": number % TINT_COUNT + 1}
    return _area(municipality.area, village.slug, AreaKind.VILLAGE, stated=stated, first=first, report=report)


def _foreign_area(foreign: ForeignArea, report: SetupReport) -> Area:
    """The neighbour's row below its own municipality; what that municipality says itself is left alone."""
    town = {"name": {ANY_LANGUAGE: foreign.municipality}, "country": foreign.country}
    above = _area(None, slug(foreign.municipality), AreaKind.MUNICIPALITY, stated={}, first=town, report=report)
    municipality, _made = Municipality.objects.get_or_create(area=above, defaults={"is_served": False})
    if municipality.is_served and not above.children.filter(slug=foreign.slug).exists():
        raise Problem(
            _("%(municipality)s is on this installation and has no village “%(slug)s”.")
            % {"municipality": municipality, "slug": foreign.slug}
        )
    first = {
        "name": dict(foreign.name),
        "country": foreign.country,
        "lat": foreign.point.lat,
        "lon": foreign.point.lon,
        "tint": OUTSIDE_TINT,
    }
    return _area(above, foreign.slug, AreaKind.VILLAGE, stated={}, first=first, report=report)


def _area(
    parent: Area | None,
    name: str,
    kind: AreaKind,
    *,
    stated: Mapping[str, Any],
    first: Mapping[str, Any],
    report: SetupReport,
) -> Area:
    """The area with that slug below the parent: created with `first` and `stated`, or updated to `stated`."""
    area = Area.objects.filter(parent=parent, slug=name, kind=kind).first()
    if area is None:
        area = Area.objects.create(parent=parent, slug=name, kind=kind, **{**first, **stated})
        area.path = f"{parent.path if parent else '/'}{area.pk}/"
        area.save(update_fields=["path"])
        report.created.append(name)
    elif _differs(area, stated):
        area.save()
        report.note_change(name)
    return area


def _differs(row: Area | Municipality, stated: Mapping[str, Any]) -> bool:
    """Set the stated values on the row; whether any was another before."""
    different = {name: value for name, value in stated.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _host(name: str, municipality: Municipality, report: SetupReport) -> None:
    host = Host.objects.filter(name__iexact=name).first()
    if host is None:
        Host.objects.create(name=name, municipality=municipality)
        report.created.append(name)
    elif host.municipality_id != municipality.pk:
        raise Problem(_("The host name “%(host)s” belongs to another municipality.") % {"host": name})


def _link_neighbours(description: Description, areas: Mapping[str, Area], report: SetupReport) -> None:
    points = {slug: area.point for slug, area in areas.items() if area.point}
    for village in description.villages:
        area = areas[village.slug]
        present = list(area.links.values_list("neighbour_id", flat=True))
        if village.neighbours is None and present:
            continue  # edited by people, or linked before
        wanted = village.neighbours if village.neighbours is not None else _nearest(village.slug, points)
        ids = [areas[slug].pk for slug in wanted]
        if ids == present:
            continue
        area.links.all().delete()
        AreaLink.objects.bulk_create(
            AreaLink(area=area, neighbour_id=pk, position=number) for number, pk in enumerate(ids)
        )
        report.note_change(f"{village.slug}: neighbours")


def _nearest(name: str, points: Mapping[str, Point]) -> list[str]:
    others = sorted((distance_m(points[name], point), slug) for slug, point in points.items() if slug != name)
    return [slug for metres, slug in others[:MOST_NEAR] if metres <= NEAR_M] or [slug for _, slug in others[:1]]
