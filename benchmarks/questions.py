"""What is asked: pages of the social map and of the living square, as a visitor and signed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any
from urllib.parse import urlencode

from benchmarks.client import Ask

# As people ask, in both languages, with slips.
SEARCHES = ("Bäcker", "wo kann ich meine Mutter hinbringen", "fiets kapot", "Arzt Niederdorf", "chor", "kinderopfang")
PAGES = (
    "map page",
    "list, three facets",
    "map.geojson",
    "village filter",
    "search",
    "entry page",
)
# What people come back for every week; `LIVING` may take longer than the map's pages.
LIVING = ("village page", "posts", "posts, page 200", "asks and offers", "month", "thread")
# Nobody has these without logging in.
FOR_MEMBERS = ("notes",)
SIGNED_IN = " · signed in"
# A connector sees more than others, which costs a look at where each entry stands.
FOR_CONNECTORS = ("map page", "list, three facets")


@dataclass(frozen=True)
class Town:
    """What to ask a municipality for. `place` is where page 200 of its posts begins."""

    host: str
    villages: Sequence[str]
    codes: Sequence[str]
    threads: Sequence[str]
    place: str


def asks(seeded: Mapping[str, Any], page: str, *, session: str = "", most: int = 5) -> list[Ask]:
    """Several requests for one sort of page: in up to so many municipalities, and different ones in each."""
    name = page + (SIGNED_IN if session else "")
    columns = (seeded[name] for name in ("hosts", "villages", "codes", "threads", "places"))
    towns = [Town(*row) for row in islice(zip(*columns, strict=True), most)]
    found = [Ask(name, _path(page, round_, town), town.host, session) for round_ in range(6) for town in towns]
    return list(dict.fromkeys(found))


def _path(page: str, number: int, town: Town) -> str:
    village, other = _turn(town.villages, number), _turn(town.villages, number + 1)
    return {
        "map page": "/de/karte/",
        "list, three facets": f"/de/karte/?open={('today', 'now')[number % 2]}&step_free=1&by={_by(number)}",
        "map.geojson": "/api/v1/map.geojson?lang=de",
        "village filter": "/de/karte/?" + urlencode([("village", village), ("village", other)]),
        "search": "/de/suche/?" + urlencode({"q": SEARCHES[number % len(SEARCHES)]}),
        "entry page": f"/de/e/{_turn(town.codes, number)}/",
        "village page": f"/de/{village}/",
        "posts": f"/de/beitraege/?village={village}",
        "posts, page 200": f"/de/beitraege/?after={town.place}",
        "asks and offers": f"/de/suche-biete/?village={village}",
        "month": f"/de/termine/?view=month&village={village}",
        "thread": f"/de/e/{_turn(town.threads, number)}/",
        "notes": "/de/neues-fuer-mich/",
    }[page]  # fmt: skip


def _turn(some: Sequence[str], number: int) -> str:
    return some[number % len(some)]


def _by(number: int) -> str:
    return ("volunteer", "business", "professional")[number % 3]


def everything(seeded: Mapping[str, Any]) -> list[list[Ask]]:
    """By sort of page, all that is asked of all municipalities; each as a visitor and signed in."""
    everywhere = len(seeded["hosts"])
    pages, member = (*PAGES, *LIVING), seeded["sessions"]["member"]
    rows = [asks(seeded, page, most=everywhere) for page in pages]
    rows += [asks(seeded, page, session=member, most=1) for page in FOR_MEMBERS]
    return rows + [asks(seeded, page, session=member, most=everywhere) for page in pages]


def mixture(seeded: Mapping[str, Any]) -> Iterator[Ask]:
    """What comes in on a day: all pages in all municipalities, half of it by people who are signed in. Endless."""
    rows, random = everything(seeded), Random(7)
    while True:
        yield random.choice(random.choice(rows))
