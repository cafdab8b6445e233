"""The demonstration's municipality and villages, what they say of themselves, and its own pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.portal.demo.entry_data import MUNICIPALITY
from dorfplatz.portal.demo.reading import FaultyData, check_names, description_file, read_toml, rows_of, words
from dorfplatz.villages.actions import (
    MunicipalityChange,
    PageText,
    VillageChange,
    change_municipality,
    change_village,
    create_page,
    publish_legal_text,
    set_up_municipality,
)
from dorfplatz.villages.description import read_description
from dorfplatz.villages.enums import LegalKind, PageKind
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import latest_legal_wordings, site_of

FIELDS = frozenset({"slug", "intro", "motto", "scene", "alt"})


@dataclass(frozen=True)
class AreaWords:
    """What an area says of itself, and the drawing it shows with the words for who cannot see it."""

    intro: Mapping[str, str]
    motto: Mapping[str, str]
    scene: str
    alt: Mapping[str, str]


def real_municipality() -> Municipality | None:
    """A municipality with real people that is served by this installation."""
    return Municipality.objects.filter(is_served=True, is_demonstration=False).select_related("area").first()


def present_municipality() -> Municipality | None:
    """The demonstration's, if it is there."""
    return Municipality.objects.filter(is_served=True, is_demonstration=True).select_related("area").first()


def refuse_beside_real_people() -> None:
    """Raise Problem where a real municipality is: the demonstration's logins are known to everybody."""
    real = real_municipality()
    if real is not None:
        raise Problem(
            _(
                "%(name)s is served here, with real people; the demonstration, whose passwords everybody knows, "
                "needs an installation of its own."
            )
            % {"name": real}
        )


def put_municipality(*, by: Actor, now: datetime) -> tuple[Municipality, bool]:
    """The demonstration's municipality, set up unless it is there already; whether it was set up now."""
    refuse_beside_real_people()
    present = present_municipality()
    if present is not None:
        return present, False
    description = read_description(description_file())
    return set_up_municipality(description, by=by, now=now, is_demonstration=True)[0], True


def areas_of(municipality: Municipality) -> dict[str, Area]:
    """Villages and neighbours by slug, and the whole as MUNICIPALITY."""
    site = site_of(municipality)
    return {**{a.slug: a for a in (*site.outside, *site.villages)}, MUNICIPALITY: municipality.area}


def read_area_words() -> dict[str, AreaWords]:
    """By slug, MUNICIPALITY for the whole. Raises FaultyData."""
    raw = read_toml("words.toml")
    rows = {MUNICIPALITY: raw.get(MUNICIPALITY, {})}
    rows |= {str(row.get("slug", "?")): row for row in rows_of(raw, "village", "words.toml")}
    found = {}
    for slug, row in rows.items():
        where = f"words.toml, “{slug}”"
        check_names(row, FIELDS, where)
        motto = words(row, "motto", where, needed=slug == MUNICIPALITY)
        found[slug] = AreaWords(words(row, "intro", where), motto, str(row.get("scene", "")), words(row, "alt", where))
    return found


@transaction.atomic
def put_words(municipality: Municipality, areas: Mapping[str, Area], *, by: Actor, now: datetime) -> int:
    """Let each area speak that says nothing yet; returns how many. What people wrote stays."""
    spoken = 0
    for slug, said in read_area_words().items():
        area = areas[slug]
        if area.intro:
            continue
        if slug == MUNICIPALITY:
            _speak(municipality, said, by, now)
        else:
            _speak_village(area, said, by, now)
        spoken += 1
    return spoken


def _speak(municipality: Municipality, said: AreaWords, by: Actor, now: datetime) -> None:
    change = MunicipalityChange(
        name=municipality.area.name,
        motto=said.motto,
        intro=said.intro,
        accent=municipality.accent,
        languages=municipality.languages,
    )
    change_municipality(municipality, change=change, version=municipality.area.version, by=by, now=now)


def _speak_village(area: Area, said: AreaWords, by: Actor, now: datetime) -> None:
    if area.point is None:
        raise FaultyData(f"“{area.slug}” has no centre")
    change = VillageChange(
        name=area.name,
        intro=said.intro,
        inhabitants=area.inhabitants,
        point=area.point,
        tint=area.tint,
        neighbours=list(area.links.values_list("neighbour_id", flat=True)),
    )
    change_village(area, change=change, version=area.version, by=by, now=now)


@transaction.atomic
def put_pages(municipality: Municipality, *, by: Actor, now: datetime) -> int:
    """Write the pages of which there is none of their kind yet; returns how many."""
    present = set(municipality.pages.values_list("kind", flat=True))
    written = 0
    for row in rows_of(read_toml("pages.toml"), "page", "pages.toml"):
        kind = PageKind(str(row.get("kind", "")))
        where = f"pages.toml, “{kind}”"
        check_names(row, ("kind", "title", "body"), where)
        if kind not in present:
            text = PageText(title=words(row, "title", where), body=words(row, "body", where))
            create_page(municipality, kind=kind, text=text, by=by, now=now)
            written += 1
    return written


@transaction.atomic
def put_legal_texts(municipality: Municipality, *, by: Actor, now: datetime) -> int:
    """Publish the texts of which there is only what comes with the release; returns how many."""
    latest = {wording.kind: wording for wording in latest_legal_wordings(municipality)}
    written = 0
    for row in rows_of(read_toml("pages.toml"), "legal", "pages.toml"):
        kind = LegalKind(str(row.get("kind", "")))
        where = f"pages.toml, “{kind}”"
        check_names(row, ("kind", "title", "body"), where)
        if not latest[kind].version:
            text = PageText(title=words(row, "title", where), body=words(row, "body", where))
            publish_legal_text(municipality, kind=kind, text=text, version=0, by=by, now=now)
            written += 1
    return written
