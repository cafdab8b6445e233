"""Reads of papers: which there are, and what stands in one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import entry_by_code
from dorfplatz.entries.sockets import kinds
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.noticeboard.composing import Filled, Greeting, filled
from dorfplatz.noticeboard.days import said_days
from dorfplatz.noticeboard.enums import EDIT_PAPER, PAPER, PaperState, Period, Shape, Wish
from dorfplatz.noticeboard.filling import SECTIONS, Asked, Candidate, candidates
from dorfplatz.noticeboard.formats import FORMATS
from dorfplatz.noticeboard.guides import GuideAsked
from dorfplatz.noticeboard.models import Paper, PaperItem, PaperSubscription, last_day
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.places.room import ROOM
from dorfplatz.press.models import Printing
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import Site, base_url, municipality_of, site_of

MOST_PAPERS = 60
WEEKEND = 4  # Friday
EVERYWHERE = "alle"  # the municipality as a whole in an address, in German and Dutch


@dataclass(frozen=True)
class Choice:
    """One item as its editor sees it: what it is, and what was said of it."""

    candidate: Candidate
    item: PaperItem | None

    @property
    def wish(self) -> str:
        return self.item.wish if self.item else Wish.AUTO


def area_of_papers(site: Site, slug: str) -> Area | None:
    """The village with that slug, or the municipality, which has a paper of its own and often a village’s name."""
    own = site.municipality.area
    if slug == EVERYWHERE or (slug == own.slug and slug not in {village.slug for village in site.villages}):
        return own
    return next((village for village in site.villages if village.slug == slug), None)


def slug_of(area: Area, site: Site) -> str:
    """How its papers are called in an address."""
    return EVERYWHERE if area.pk == site.municipality.area.pk else str(area.slug)


def areas_with_papers(site: Site) -> list[tuple[str, Area | None]]:
    """How each is called in an address; the whole municipality first, without an area."""
    return [(EVERYWHERE, None), *((village.slug, village) for village in site.listed)]


def _makes_papers(viewer: Actor, area: Area) -> bool:
    """As policies.can_edit_papers says."""
    return viewer.holds(EDIT_PAPER, str(area.path))


def papers_of(area: Area, viewer: Actor) -> QuerySet[Paper]:
    """Its papers, the newest first; those in the making for who makes them."""
    found = Paper.objects.filter(area=area)
    return found if _makes_papers(viewer, area) else found.filter(state=PaperState.PUBLISHED)


def own_subscription(area: Area, viewer: Actor) -> PaperSubscription | None:
    """How the viewer gets the area's papers by mail, if she does."""
    return PaperSubscription.objects.visible_to(viewer).filter(area=area).first() if viewer.is_member else None


def own_subscriptions(viewer: Actor) -> QuerySet[PaperSubscription]:
    """All of the viewer's, with their areas."""
    return PaperSubscription.objects.visible_to(viewer).select_related("area").order_by("pk")


def printers_of(paper: Paper, viewer: Actor) -> int:
    """How many get it by mail; who they are, nobody is told. For who makes it."""
    if not _makes_papers(viewer, paper.area):
        return 0
    return PaperSubscription.objects.that_can_be_written_to(paper.area_id).count()


def paper_by_id(pk: int, site: Site, viewer: Actor) -> Paper | None:
    """One of the square's papers, if the viewer may see it."""
    areas = [site.municipality.area.pk, *(village.pk for village in site.villages)]
    paper = Paper.objects.filter(pk=pk, area__in=areas).select_related("area", "picture").first()
    if paper is None or not (paper.is_published or _makes_papers(viewer, paper.area)):
        return None
    return paper


def first_day(period: str, today: date) -> date:
    """When the days of a paper made today begin: the month's first, or for a week the Monday before; at the weekend,
    when people print, the Monday that comes."""
    if period == Period.MONTH:
        return today.replace(day=1)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=7) if today.weekday() >= WEEKEND else monday


def choices_of(paper: Paper, languages: Sequence[str], viewer: Actor, *, now: datetime) -> list[Choice]:
    """All that may stand in it, in the order of the paper, with what its editor has said. For who makes it."""
    if not _makes_papers(viewer, paper.area):
        return []
    municipality = municipality_of(paper.area)
    return _choices(paper, _asked(paper, municipality, languages, now)) if municipality else []


def _choices(paper: Paper, asked: Asked) -> list[Choice]:
    said = {item.entry_id: item for item in paper.items.all()}
    made = [Choice(candidate, said.get(candidate.entry_id or 0)) for candidate in candidates(asked)]
    order = {section: number for number, section in enumerate(SECTIONS)}
    places = {id(choice): number for number, choice in enumerate(made)}

    def place(choice: Choice) -> tuple[int, int, int]:
        moved = choice.item.position if choice.item else None
        return order[choice.candidate.section], 0 if moved is not None else 1, moved or places[id(choice)]

    return sorted(made, key=place)


def _asked(paper: Paper, municipality: Municipality, languages: Sequence[str], now: datetime) -> Asked:
    return Asked(
        site=site_of(municipality),
        area=paper.area,
        since=paper.starts_on,
        until=paper.ends_on,
        languages=tuple(languages),
        terms=terms_of_municipality(municipality),
        now=paper.filled_at if paper.filled_at and paper.is_published else now,
    )


def filled_paper(paper: Paper, form: str, languages: Sequence[str], *, now: datetime) -> Filled | None:
    """The paper ready to be set, public things only; None where its municipality is gone. Measures by the engine."""
    municipality = municipality_of(paper.area)
    if municipality is None:
        return None
    asked = _asked(paper, municipality, languages, now)
    shown = [_worded(choice) for choice in _choices(paper, asked) if choice.wish != Wish.OUT]
    wanted = frozenset(choice.candidate.key for choice in shown if choice.wish == Wish.IN)
    greeting = Greeting(paper.greeting, paper.greeting_language or asked.languages[0], paper.picture)
    found = [choice.candidate for choice in shown]
    return filled(asked, found, greeting, FORMATS[form], base=base_url(municipality), wanted=wanted)


def _worded(choice: Choice) -> Choice:
    """With the editor's shorter words in place of the item's own."""
    if choice.item is None or not choice.item.words:
        return choice
    said = {code: replace(some, text=choice.item.words) for code, some in choice.candidate.said.items()}
    return replace(choice, candidate=replace(choice.candidate, said=said))


def guide_subject(area: Area, form: str, languages: Sequence[str]) -> Mapping[str, Any]:
    """What is ordered of the press."""
    return {"area": area.pk, "form": form, "languages": list(languages)}


def blank_subject(municipality: Municipality, key: str, languages: Sequence[str]) -> Mapping[str, Any]:
    """What is ordered of the press."""
    return {"municipality": municipality.pk, "blank": key, "languages": list(languages)}


def phone_list_subject(area: Area, language: str) -> Mapping[str, Any]:
    """What is ordered of the press."""
    return {"area": area.pk, "language": language}


def guide_asked(area: Area, languages: Sequence[str], *, now: datetime) -> GuideAsked | None:
    """The question to the social map; None where its municipality is gone or has no map."""
    municipality = municipality_of(area)
    if municipality is None or not municipality.has_room(ROOM):
        return None
    return GuideAsked(site_of(municipality), area, tuple(languages), terms_of_municipality(municipality), now)


def local_today(municipality: Municipality, now: datetime) -> date:
    return now.astimezone(ZoneInfo(municipality.timezone)).date()


def days_in_words(period: str, starts_on: date, language: str) -> str:
    """“28. November bis 4. Dezember 2026”, “Dezember 2026”."""
    return said_days(starts_on, last_day(period, starts_on), language)


def areas_of_papers(ids: Collection[int]) -> set[int]:
    """On which villages' pages these papers stand."""
    return set(Paper.objects.filter(pk__in=list(ids)).values_list("area_id", flat=True))


def entry_for_poster(code: str, municipality: Municipality, *, now: datetime) -> Entry | None:
    """An entry that strangers may read, set out in one of the municipality's areas: nothing else is printed."""
    entry = entry_by_code(code, VISITOR, now=now)
    if entry is None or entry.kind not in kinds or not municipality.has_room(kinds[entry.kind].room):
        return None
    here = any(str(placement.area.path).startswith(municipality.path) for placement in entry.placements.all())
    return entry if here else None


def latest_told(paper: Paper) -> dict[str, Any]:
    """What the latest printing of a draft's A4 sheet has told: what is on it, and for what there was no room."""
    found = Printing.objects.filter(sheet=PAPER, subject__paper=paper.pk, subject__form=Shape.A4).exclude(told={})
    newest = found.order_by("-made_at").first()
    return dict(newest.told) if newest else {}


def subject_of(paper: Paper, form: str, languages: Sequence[str]) -> Mapping[str, Any]:
    """What is ordered of the press."""
    return {"paper": paper.pk, "version": paper.version, "form": form, "languages": list(languages)}


def paper_file(paper: Paper, form: str, languages: Sequence[str]) -> str:
    """How its file is called."""
    return f"{paper.area.slug}-{paper.starts_on.isoformat()}-{form}-{'-'.join(languages)}.pdf"
