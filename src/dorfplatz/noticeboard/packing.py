"""What fits on a sheet, by weight, and where it stands. Nothing is ever cut. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

GAP = 5.0  # between two items, in millimetres
BRIEF_GAP = 2.2
AFTER_HEADING = 2.6
WIDEST_GAP = 9.0
EVENED = 9  # halvings: to half a millimetre
ALSO = "+"  # after a section's name: what stands there in a line or two


@dataclass(frozen=True)
class Piece:
    """One item as the packer knows it: its section, how high it is, in full and in brief, and how much it matters."""

    key: str
    section: str
    height: float
    weight: float
    is_wanted: bool = False
    brief: float | None = None


@dataclass(frozen=True)
class Placed:
    """What stands in a column, from the top: a piece's key or, with a colon before it, a section's heading."""

    key: str
    above: float
    is_brief: bool = False


@dataclass(frozen=True)
class Packed:
    """Columns from left to right, page after page; what is left free at the foot of each; and what did not fit."""

    columns: Sequence[Sequence[Placed]]
    free: Sequence[float]
    left_out: Sequence[str]


_Line = tuple[Placed, float]  # what is placed, and its height


@dataclass(frozen=True)
class _Sheet:
    pieces: Sequence[Piece]
    headings: Mapping[str, float]
    columns: Sequence[float]

    def flowed(self, full: Collection[str], brief: Collection[str], share: float = 1.0) -> list[list[_Line]] | None:
        """Column after column, in the order given; what is brief after the rest of its section. None where it does
        not fit into that share of the columns' heights."""
        columns: list[list[_Line]] = [[] for _ in self.columns]
        at, section = 0, ""
        for piece, named, height in self._ordered(full, brief):
            while at < len(columns):
                lines = self._lines(piece.key, named, height, section, is_first=not columns[at])
                if _height(columns[at]) + _height(lines) <= self.columns[at] * share:
                    break
                at += 1
            else:
                return None
            columns[at] += lines
            section = named
        return columns

    def _ordered(self, full: Collection[str], brief: Collection[str]) -> list[tuple[Piece, str, float]]:
        ordered: list[tuple[Piece, str, float]] = []
        for section in dict.fromkeys(piece.section for piece in self.pieces):
            mine = [piece for piece in self.pieces if piece.section == section]
            ordered += [(piece, section, piece.height) for piece in mine if piece.key in full]
            shorter = [piece for piece in mine if piece.key in brief and piece.key not in full]
            ordered += [(piece, section + ALSO, piece.brief or piece.height) for piece in shorter]
        return ordered

    def _lines(self, key: str, named: str, height: float, section: str, *, is_first: bool) -> list[_Line]:
        """The piece, and its heading where that is another one than before: a heading never stands alone."""
        is_brief = named.endswith(ALSO)
        above = 0.0 if is_first else BRIEF_GAP if is_brief and named == section else GAP
        if named == section or named not in self.headings:
            return [(Placed(key, above, is_brief), height)]
        heading = Placed(f":{named}", above if is_brief else above * 1.3), self.headings[named]
        return [heading, (Placed(key, BRIEF_GAP if is_brief else AFTER_HEADING, is_brief), height)]


def pack(
    pieces: Sequence[Piece], *, headings: Mapping[str, float], columns: Sequence[float], most_brief: int = 0
) -> Packed:
    """Choose by weight what fits into columns of these heights and set it in the order given.

    What an editor wants in any case is tried first; then the weightiest `most_brief` that can be said in brief get
    their line; then as many as there is room for, in full. A piece higher than every column is left out.
    """
    sheet = _Sheet(pieces, headings, columns)
    ranked = sorted(pieces, key=lambda piece: (not piece.is_wanted, -piece.weight))
    full, brief = _chosen(sheet, ranked, most_brief)
    flowed = sheet.flowed(full, brief, _share(sheet, full, brief)) or [[] for _ in columns]
    _accompany(flowed, columns)
    return Packed(
        columns=[_spread(column, high) for column, high in zip(flowed, columns, strict=True)],
        free=[high - _height(column) for column, high in zip(flowed, columns, strict=True)],
        left_out=[piece.key for piece in pieces if piece.key not in full and piece.key not in brief],
    )


def _chosen(sheet: _Sheet, ranked: Sequence[Piece], most_brief: int) -> tuple[set[str], set[str]]:
    """Keys of what is said in full and of what is said in brief."""
    full: set[str] = set()
    brief: set[str] = set()
    short = [piece for piece in ranked if piece.brief is not None]

    def take(some: Sequence[Piece], *, in_full: bool) -> None:
        for piece in some:
            more_full = full | {piece.key} if in_full else full
            more_brief = brief - {piece.key} if in_full else brief | {piece.key} - full
            if sheet.flowed(more_full, more_brief) is not None:
                (full if in_full else brief).add(piece.key)

    take([piece for piece in ranked if piece.is_wanted], in_full=True)
    take(short[:most_brief], in_full=False)
    take(ranked, in_full=True)
    take(short, in_full=False)
    return full, brief - full


def _share(sheet: _Sheet, full: Collection[str], brief: Collection[str]) -> float:
    """Where there is room to spare, columns as low as they can be: then they end side by side."""
    low, enough = 0.0, 1.0
    for _step in range(EVENED):
        tried = (low + enough) / 2
        low, enough = (tried, enough) if sheet.flowed(full, brief, tried) is None else (low, tried)
    return enough


def _accompany(flowed: Sequence[list[_Line]], columns: Sequence[float]) -> None:
    """What is said in brief does not stand alone at the head of a column: the one before comes along where there is
    room, and leaves at least one behind."""
    for before, here, high in zip(flowed, flowed[1:], columns[1:], strict=False):
        if not _begins_alone(here) or len(before) < 2 or before[-2][0].key.startswith(":"):
            continue
        (moved, its_height), (first, own_height) = before[-1], here[0]
        if moved.is_brief and _height(here) + BRIEF_GAP + its_height <= high:
            before.pop()
            here[:1] = [(replace(moved, above=0.0), its_height), (replace(first, above=BRIEF_GAP), own_height)]


def _begins_alone(column: Sequence[_Line]) -> bool:
    return bool(column) and column[0][0].is_brief and not (len(column) > 1 and column[1][0].is_brief)


def _height(column: Sequence[_Line]) -> float:
    return sum(placed.above + height for placed, height in column)


def _spread(column: Sequence[_Line], high: float) -> list[Placed]:
    """A column that is nearly full is spread to its foot, so that columns end side by side."""
    gaps = [placed for placed, _height in column if placed.above >= GAP]
    spare = high - _height(column)
    more = spare / len(gaps) if gaps else 0.0
    if more > WIDEST_GAP - GAP:
        more = 0.0
    return [Placed(p.key, p.above + more if p.above >= GAP else p.above, p.is_brief) for p, _height in column]
