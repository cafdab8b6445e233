"""The search page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import Reading
from dorfplatz.entries.sockets import kinds
from dorfplatz.kernel.access import public
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.members.faces import face as picture_of
from dorfplatz.members.queries import Face, connectors_of
from dorfplatz.search.queries import Found, Hit, Ranked, found_in, rank, suggestions
from dorfplatz.search.question import LONGEST_QUESTION
from dorfplatz.search.sockets import themes
from dorfplatz.ui.parts import Person
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.request import SquareRequest

PAGE_SIZE = 20
# With so few answers, the page says what there is elsewhere.
FEW = 3
MOST_FACES = 3


@dataclass(frozen=True)
class Choice:
    """Results of one sort: what it is called, how many there are, and the address that shows only them."""

    label: Any
    icon: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Option:
    """One suggestion: what it is called, what it is, and where it leads. `language` where it is not the page's."""

    label: str
    about: Any
    icon: str
    url: str
    language: str = ""


@public
@require_safe
def page(request: SquareRequest) -> HttpResponse:
    """What answers the question, by what it is; where nothing does, the next best thing."""
    if request.municipality is None:
        raise Http404
    asked, villages = _asked(request), _villages(request)
    now, viewer = timezone.now(), request.viewer
    ranked = rank(asked, villages.site) if asked else Ranked()
    found = _open_rooms(found_in(villages, ranked, viewer=viewer, now=now), request) if asked else Found()
    kind = request.GET.get("kind", "")
    kind = kind if kind in found.kind_counts else ""
    hits = [hit for hit in found.hits if not kind or hit.kind == kind]
    shown = Paginator(hits, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "q": asked,
        "villages": villages,
        "found": found,
        "count": len(hits),
        "page": shown,
        "cards": _cards(list(shown.object_list), request),
        "choices": _choices(found, asked, villages, kind),
        "here_url": _address(asked, villages, kind),
        "village_filter": _village_chips(asked, villages, kind),
        "village_pages": [(area, request.site.url_of(area)) for area in found.villages],
        "where": [in_language(area.name, get_language() or "de") for area in villages.chosen],
        "search_fields": villages.parameters,
        "everywhere": None,
        "people": [],
        "ways_in": [] if hits else [t for read in themes for t in read(request.municipality) if t.is_wide],
    }
    if asked and len(found.hits) <= FEW:
        context |= _next_best(asked, ranked, villages, found, request)
    return render(request, "search/page.html", context)


@public
@require_safe
def suggest(request: SquareRequest) -> HttpResponse:
    """What begins as somebody types, as a list of options for the field."""
    if request.municipality is None:
        raise Http404
    language = get_language() or "de"
    rooms = {key for key, kind in kinds.items() if request.municipality.has_room(kind.room)}
    found = suggestions(
        _asked(request), _villages(request), language=language, kinds=rooms, viewer=request.viewer, now=timezone.now()
    )
    options = [
        *(
            Option(in_language(a.name, language), _("Village"), "map-pin", request.site.url_of(a))
            for a in found.villages
            if request.site.url_of(a)
        ),
        *(Option(in_language(t.names, language), _("All there is on this"), t.icon, t.url) for t in found.themes),
        *(_entry_option(entry, words, language) for entry, words in found.entries),
    ]
    return render(request, "search/suggestions.html", {"options": options})


def _entry_option(entry: Entry, words: Reading, language: str) -> Option:
    where = dict.fromkeys(in_language(placement.area.name, language) for placement in entry.placements.all())
    about = " · ".join([str(kinds[entry.kind].label), ", ".join(where)])
    url = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    return Option(words.title, about, kinds[entry.kind].icon, url, "" if words.language == language else words.language)


def _asked(request: SquareRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION]


def _villages(request: SquareRequest) -> VillageFilter:
    """The middleware's filter is lazy; changes are made to a real one."""
    return VillageFilter(request.site, request.village_filter.chosen, request.village_filter.with_neighbours)


def _open_rooms(found: Found, request: SquareRequest) -> Found:
    """Only what stands in rooms this municipality has open."""
    hits = tuple(h for h in found.hits if h.kind in kinds and request.municipality.has_room(kinds[h.kind].room))
    return replace(found, hits=hits, kind_counts={k: n for k, n in found.kind_counts.items() if k in kinds})


def _cards(hits: list[Hit], request: SquareRequest) -> list[tuple[str, Any]]:
    """Template and card of each, in the order of the hits."""
    # Kinds of one room mostly have one way to load them.
    by_loader: dict[Callable[[list[int], Actor], Mapping[int, Any]], list[int]] = defaultdict(list)
    for hit in hits:
        by_loader[kinds[hit.kind].load_many].append(hit.id)
    loaded = {pk: card for load, ids in by_loader.items() for pk, card in load(ids, request.viewer).items()}
    return [(kinds[h.kind].card_template, loaded[h.id]) for h in hits if h.id in loaded]


def _choices(found: Found, asked: str, villages: VillageFilter, kind: str) -> list[Choice]:
    return [
        Choice(
            kinds[key].label, kinds[key].icon, count, _address(asked, villages, "" if key == kind else key), key == kind
        )
        for key, count in sorted(found.kind_counts.items())
    ]


def _village_chips(asked: str, villages: VillageFilter, kind: str) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is on: chosen villages to be taken back, and the neighbours to be added."""
    language, site = get_language() or "de", villages.site
    chips = [
        (
            in_language(area.name, language),
            _address(asked, replace(villages, chosen=tuple(a for a in villages.chosen if a != area)), kind),
            True,
        )
        for area in villages.chosen
    ]
    if site.outside or villages.chosen:
        other = replace(villages, with_neighbours=not villages.with_neighbours)
        chips.append((_("with neighbouring villages"), _address(asked, other, kind), villages.with_neighbours))
    return chips


def _address(asked: str, villages: VillageFilter, kind: str = "") -> str:
    # Where no village is chosen, that is said too: else the choice of the last visit would hold.
    chosen = villages.parameters or [("villages", "")]
    pairs = [*([("q", asked)] if asked else []), *chosen, *([("kind", kind)] if kind else [])]
    return f"{reverse('search:page')}?{urlencode(pairs)}"


def _next_best(
    asked: str, ranked: Ranked, villages: VillageFilter, found: Found, request: SquareRequest
) -> dict[str, Any]:
    """Elsewhere, and whom to ask."""
    wide = VillageFilter(villages.site, with_neighbours=True)
    elsewhere = _open_rooms(found_in(wide, ranked, viewer=request.viewer, now=timezone.now()), request)
    more = len(elsewhere.hits) - len(found.hits)
    faces = connectors_of(villages.chosen or found.villages or villages.site.rolled_up, request.viewer)
    return {
        "everywhere": (_address(asked, wide), more) if more > 0 else None,
        "people": [_person(face) for face in faces[:MOST_FACES]],
    }


def _person(face: Face) -> Person:
    language = get_language() or "de"
    words = in_language(face.introduction, language)
    village, lines = in_language(face.area.name, language), [words] if words else []
    return Person(face.name, village, picture_of(face.picture), tint=face.area.tint, lines=lines)
