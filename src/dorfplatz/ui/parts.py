"""What parts of pages are given: small frozen values that an app fills and a template in ui/parts/ shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Village:
    """A village as a chip shows it. Tint 0 is for places outside the municipality."""

    name: str
    tint: int = 0
    url: str = ""
    distance_m: float | None = None
    is_current: bool = False
    note: str = ""  # “Nederland”, “505 people”


@dataclass(frozen=True)
class Place:
    """Where the reader stands: the name in the masthead, and where else one can go.

    `within` is said smaller below the name: a village's municipality.
    """

    name: str
    tint: int = 0
    url: str = ""
    within: str = ""
    choices: Sequence[Village] = ()
    neighbours: Sequence[Village] = ()


@dataclass(frozen=True)
class Picture:
    """A picture with its words. `srcset` and `sizes` as in HTML; width and height avoid a jump while loading."""

    url: str
    alt: str
    width: int = 0
    height: int = 0
    srcset: str = ""
    sizes: str = ""
    credit: str = ""


@dataclass(frozen=True)
class OpenLine:
    """“Open now, until 6 pm”. `state` is "open", "soon" or "closed"; "" when nobody knows."""

    words: str
    state: str = ""


@dataclass(frozen=True)
class Card:
    """An entry in a list. `warning` turns it amber: not confirmed for long; `source` says where it comes from."""

    id: str
    title: str
    url: str
    icon: str
    category: str = ""
    lead: str = ""
    villages: Sequence[Village] = ()
    open: OpenLine | None = None
    warning: str = ""
    source: str = ""
    picture: Picture | None = None
    shape: str = "circle"
    colour: str = "slate"
    facts: Sequence[str] = ()  # “free of charge”, “step-free”: short, at most three
    language: str = ""  # of the title and lead, where it is not the page's
    is_draft: bool = False


@dataclass(frozen=True)
class FacetValue:
    """One value to filter by: following `url` switches it on, or off again where it is on."""

    label: str
    url: str
    count: int | None = None
    is_on: bool = False
    icon: str = ""
    tint: int = 0
    below: Sequence[FacetValue] = ()


@dataclass(frozen=True)
class FacetGroup:
    """Values of one question: which village, which category. `one_of` draws them as exclusive choices."""

    key: str
    title: str
    values: Sequence[FacetValue]
    is_open: bool = False
    one_of: bool = False
    help: str = ""

    @property
    def chosen(self) -> list[FacetValue]:
        return [v for value in self.values for v in (value, *value.below) if v.is_on]


@dataclass(frozen=True)
class Step:
    """A line of the breadcrumb, a tab, a link in a list."""

    label: str
    url: str = ""
    is_current: bool = False
    icon: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Fact:
    """A term and what is to say about it, each line a paragraph: “Opening hours”, “Mo–Fr 8–12 Uhr”."""

    term: str
    lines: Sequence[str] = ()
    icon: str = ""
    url: str = ""


@dataclass(frozen=True)
class Person:
    """A face: photo or initials, what the person is here, how to reach them."""

    name: str
    role: str = ""
    picture: Picture | None = None
    url: str = ""
    tint: int = 0
    lines: Sequence[str] = ()

    @property
    def initials(self) -> str:
        words = [word for word in self.name.replace("-", " ").split() if word[:1].isalpha()]
        return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


@dataclass(frozen=True)
class Cell:
    """One area on the strip map, as a path in the strip's own coordinates."""

    name: str
    path: str
    tint: int
    x: float
    y: float
    url: str = ""
    is_here: bool = False
    is_approximate: bool = False


@dataclass(frozen=True)
class Strip:
    """A small map drawn on the server: areas as paths, entries as dots. It works in print and without JavaScript.

    The styles take it to be 720 units wide: letters keep their size when it shrinks.
    """

    width: int
    height: int
    cells: Sequence[Cell]
    dots: Sequence[tuple[float, float, str]] = field(default=())  # x, y, colour name of dorfplatz.ui.pins
    label: str = ""
