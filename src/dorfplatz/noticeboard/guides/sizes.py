"""The sheets a guide comes on. Millimetres; type in points. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

# Of a point in millimetres; of a letter, and of the way from line to line, in sizes of the type.
POINT, LETTER, LEADING = 25.4 / 72, 0.52, 1.3
# Lines are not filled to their ends; address, ways to reach it and its last confirmation come besides.
RAGGED, AROUND = 1.3, 4


@dataclass(frozen=True)
class GuideSize:
    """`pin` is how wide a pin of the map is; `most` how many letters of its description an entry has room for.

    Where `beside`, two languages stand side by side, else one below the other.
    """

    key: str
    width: float
    height: float
    columns: int
    size: float
    side: float
    top: float
    bottom: float
    gutter: float = 7
    index: int = 2
    pin: float = 4.6
    most: int = 220
    folds: bool = False
    beside: bool = True

    @property
    def inner_width(self) -> float:
        return self.width - 2 * self.side

    @property
    def map_height(self) -> float:
        """Below the heading, with room for what is said of the map."""
        return (self.height - self.top - self.bottom) * 0.72

    @property
    def page_lines(self) -> float:
        """How many lines a column has."""
        return (self.height - self.top - self.bottom) / (self.size * POINT * LEADING)

    def lines_for(self, *tongues: list[str]) -> float:
        """How many lines an entry may take, each of its languages in these parts; rather too many."""
        columns = self.columns_for(len(tongues))
        column = (self.inner_width - (columns - 1) * self.gutter) / columns
        are_beside = self.beside and len(tongues) > 1
        letters = ((column - 6 - self.pin) / 2 if are_beside else column) / (self.size * POINT * LETTER)
        rows = [[ceil(len(part) / letters * RAGGED) for part in row] for row in zip(*tongues, strict=True)]
        return AROUND + sum(max(row) if are_beside else sum(row) for row in rows)

    def columns_for(self, languages: int) -> int:
        """Two languages stand side by side, across the whole width."""
        return self.columns if languages < 2 else 1

    def data(self, languages: int) -> dict[str, Any]:
        """For the template."""
        return {**asdict(self), "columns": self.columns_for(languages)}


BOOKLET = GuideSize("booklet", 148, 210, columns=1, size=9.2, side=14, top=17, bottom=17)
FOLDED = GuideSize("folded", 148, 210, columns=1, size=9.2, side=14, top=17, bottom=17, folds=True)
A4 = GuideSize("a4", 210, 297, columns=2, size=9.4, side=16, top=19, bottom=18, index=3)
LARGE = GuideSize(
    "large", 210, 297, columns=1, size=18, side=17, top=20, bottom=20, index=1, pin=8, most=160, beside=False
)
GUIDES = {size.key: size for size in (BOOKLET, FOLDED, A4, LARGE)}
