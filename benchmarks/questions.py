"""What is asked: the pages that issue 3 names, as a visitor and signed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
SIGNED_IN = " · signed in"
# A connector sees more than others, which costs a look at where each entry stands.
FOR_CONNECTORS = ("map page", "list, three facets")


def asks(seeded: Mapping[str, Any], page: str, *, session: str = "", most: int = 5) -> list[Ask]:
    """Several requests for one sort of page: in up to so many municipalities, and different ones in each."""
    name = page + (SIGNED_IN if session else "")
    towns = list(islice(zip(seeded["hosts"], seeded["villages"], seeded["codes"], strict=True), most))
    found = [
        Ask(name, path, host, session)
        for round_ in range(6)
        for host, villages, codes in towns
        for path in [_path(page, round_, villages, codes)]
    ]
    return list(dict.fromkeys(found))


def _path(page: str, number: int, villages: list[str], codes: list[str]) -> str:
    village, other = villages[number % len(villages)], villages[(number + 1) % len(villages)]
    return {
        "map page": "/de/karte/",
        "list, three facets": f"/de/karte/?open={('today', 'now')[number % 2]}&step_free=1&by={_by(number)}",
        "map.geojson": "/api/v1/map.geojson?lang=de",
        "village filter": "/de/karte/?" + urlencode([("village", village), ("village", other)]),
        "search": "/de/suche/?" + urlencode({"q": SEARCHES[number % len(SEARCHES)]}),
        "entry page": f"/de/e/{codes[number % len(codes)]}/",
    }[page]  # fmt: skip


def _by(number: int) -> str:
    return ("volunteer", "business", "professional")[number % 3]


def everything(seeded: Mapping[str, Any]) -> list[list[Ask]]:
    """By sort of page, all that is asked of all municipalities; each as a visitor and signed in."""
    everywhere = len(seeded["hosts"])
    rows = [asks(seeded, page, most=everywhere) for page in PAGES]
    return rows + [asks(seeded, page, session=seeded["sessions"]["member"], most=everywhere) for page in PAGES]


def mixture(seeded: Mapping[str, Any]) -> Iterator[Ask]:
    """What comes in on a day: all pages in all municipalities, half of it by people who are signed in. Endless."""
    rows, random = everything(seeded), Random(7)
    while True:
        yield random.choice(random.choice(rows))
