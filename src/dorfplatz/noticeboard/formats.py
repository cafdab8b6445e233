"""The sizes of paper and what goes with them. Millimetres; type in points. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Format:
    """One way to print a paper. `name` is how much larger than the text the village's name stands at the top; `briefs`
    how many dates get at least a line before others are said in full; `code` how wide a code is, `tail` how large the
    address below it."""

    key: str
    width: float
    height: float
    columns: int
    pages: int
    size: float
    side: float = 16
    top: float = 13
    bottom: float = 13
    gutter: float = 9
    air: float = 4
    name: float = 4.6
    briefs: int = 8
    code: float = 20
    tail: float = 6.2
    folds: bool = False

    @property
    def inner_width(self) -> float:
        return self.width - 2 * self.side

    @property
    def column(self) -> float:
        return (self.inner_width - (self.columns - 1) * self.gutter) / self.columns

    @property
    def inner_height(self) -> float:
        return self.height - self.top - self.bottom

    def for_languages(self, count: int) -> Format:
        """Two languages stand side by side, across the whole width of what would be two columns."""
        if count < 2 or self.columns == 1:
            return self
        return Format(**{**self.__dict__, "columns": self.columns // 2})

    @property
    def data(self) -> dict[str, Any]:
        """For the template."""
        return {**self.__dict__, "column": self.column}


A4 = Format("a4", 210, 297, columns=2, pages=1, size=9.3)
BOOKLET = Format("booklet", 148, 210, columns=1, pages=4, size=9.6, side=13, top=11, bottom=11, name=4)
FOLDED = replace(BOOKLET, key="folded", folds=True)
A3 = Format(
    "a3", 297, 420, columns=2, pages=1, size=13.5, side=20, top=17, bottom=17, gutter=12, name=4.8, code=25, tail=8
)
LARGE = Format("large", 210, 297, columns=1, pages=4, size=18, side=16, name=2.6, code=28, tail=10)
FORMATS = {form.key: form for form in (A4, BOOKLET, FOLDED, A3, LARGE)}
