"""The social map's sections of the home pages, and those about people and neighbours."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as words

from dorfplatz.kernel.text import in_language
from dorfplatz.members.faces import face as picture_of
from dorfplatz.members.queries import Face
from dorfplatz.portal.queries import Neighbour
from dorfplatz.portal.sections import Context, Section, Visit, sections
from dorfplatz.ui.parts import Person, Village


def person_of(face: Face, language: str) -> Person:
    role = _("Buurtverbinder in %(village)s") % {"village": in_language(face.area.name, language)}
    introduction = in_language(face.introduction, language)
    lines = [introduction] if introduction else []
    return Person(face.name, role, picture_of(face.picture), tint=face.area.tint, lines=lines)


def _entries(count: int) -> str:
    """“22 entries”, kept on one line by a space that does not break."""
    return (ngettext("%(n)s entry", "%(n)s entries", count) % {"n": count}).replace(" ", "\u00a0")


def _chip(neighbour: Neighbour, language: str) -> Village:
    area = neighbour.area
    parts = []
    if area.country and area.country == "NL":
        parts.append(_("Netherlands"))
    if neighbour.count:
        parts.append(_entries(neighbour.count))
    return Village(
        name=in_language(area.name, language),
        tint=area.tint,
        url=reverse("portal:village", kwargs={"slug": area.slug}),
        distance_m=neighbour.metres,
        note=" · ".join(parts),
    )


def _chips(visit: Visit) -> list[Village]:
    language = get_language() or "de"
    return [_chip(neighbour, language) for neighbour in visit.page.neighbours]


def _villages(visit: Visit) -> Context | None:
    return None if visit.is_village else {"villages": _chips(visit)}


def _neighbours(visit: Visit) -> Context | None:
    return {"villages": _chips(visit)} if visit.is_village and visit.page.neighbours else None


def _people(visit: Visit) -> Context | None:
    language = get_language() or "de"
    people = [person_of(face, language) for face in visit.page.faces]
    return {"people": people} if people else None


def _corners(_visit: Visit) -> Context:
    return {}


def _clubs(visit: Visit) -> Context | None:
    return {"cards": visit.page.clubs} if visit.page.clubs else None


def _nearby(visit: Visit) -> Context | None:
    return {"cards": visit.page.nearby} if visit.page.nearby else None


def _map(visit: Visit) -> Context | None:
    return {} if visit.page.strip else None


def _open_now(visit: Visit) -> Context | None:
    return {} if visit.page.open_now else None


def plug_social_map() -> None:
    """Ranks leave room between for what rooms have to say."""
    for key, rank, section in (
        ("villages", 10, Section(words("Our villages"), "portal/sections/villages.html", _villages)),
        ("corners", 60, Section(words("What there is"), "portal/sections/corners.html", _corners, room="places")),
        ("clubs", 70, Section(words("Who meets here"), "portal/sections/clubs.html", _clubs, room="places")),
        ("nearby", 80, Section(words("And next door"), "portal/sections/nearby.html", _nearby, room="places")),
        ("map", 90, Section(words("On the map"), "portal/sections/map.html", _map, room="places")),
        ("asked", 10, Section(words("Whom to ask"), "portal/sections/people.html", _people, is_beside=True)),
        (
            "open",
            20,
            Section(words("Open now"), "portal/sections/open_now.html", _open_now, is_beside=True, room="places"),
        ),
        (
            "neighbours",
            90,
            Section(words("Neighbours"), "portal/sections/neighbours.html", _neighbours, is_beside=True),
        ),
    ):
        sections.plug(key, section, rank=rank)
