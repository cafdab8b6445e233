"""From the bytes of a table to its rows, whatever programme saved it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from dorfplatz.imports.drafts import Rejected
from dorfplatz.imports.faults import SourceProblem
from dorfplatz.imports.table.mapping import TableMapping, recognised

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
LONGEST_CELL = 10_000
MOST_COLUMNS = 500
DELIMITERS = (";", ",", "\t", "|")


@dataclass(frozen=True)
class Row:
    """One row by fields; `line` is its number as a table programme shows it."""

    line: int
    cells: dict[str, str]


def read_table(data: bytes, mapping: TableMapping) -> tuple[list[Row], list[Rejected]]:
    """All rows that can be read, and the ones that cannot. Raises Problem when it is no table at all."""
    if len(data) > MOST_BYTES:
        raise SourceProblem(_("The table is larger than 20 megabytes."))
    text = _decoded(data, mapping.encoding)
    if not text.strip():
        raise SourceProblem(_("The file is empty: there is nothing in it to import."))
    lines = _lines(text, mapping.delimiter)
    columns = recognised(_header(lines), mapping)
    rows: list[Row] = []
    rejected: list[Rejected] = []
    for line, cells in lines:
        if len(rows) + len(rejected) >= MOST_ROWS:
            raise SourceProblem(_("The table has more than 50,000 rows."))
        fault = _fault(cells)
        if fault:
            rejected.append(Rejected(str(line), fault))
        elif cells and any(cell.strip() for cell in cells):
            rows.append(Row(line, _by_field(cells, columns, mapping)))
    return rows, rejected


def _decoded(data: bytes, encoding: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not encoding:
        encoding = "utf-16"
    tried = [encoding] if encoding else ["utf-8-sig", "cp1252"]
    for name in tried:
        try:
            text = data.decode(name)
        except (UnicodeError, ValueError):
            continue
        if "\x00" not in text:
            return text.removeprefix("\ufeff")
    raise SourceProblem(_("This is not a table in CSV format. A table programme can save it as one."))


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Numbered rows of cells; None for one the csv module gives up on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text))
    while True:
        try:
            yield reader.line_num + 1, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reader.line_num, None


def _delimiter(text: str) -> str:
    head = text.lstrip("\r\n").splitlines()[0]
    return max(DELIMITERS, key=head.count)


def _header(lines: Iterator[tuple[int, list[str] | None]]) -> list[str]:
    for _line, cells in lines:
        if cells and any(cell.strip() for cell in cells):
            if len(cells) > MOST_COLUMNS:
                break
            return cells
    raise SourceProblem(_("This is not a table in CSV format. A table programme can save it as one."))


def _fault(cells: list[str] | None) -> str:
    if cells is None or len(cells) > MOST_COLUMNS:
        return _("The row cannot be read.")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return _("A cell holds more than 10,000 characters.")
    return ""


def _by_field(cells: list[str], columns: dict[str, int], mapping: TableMapping) -> dict[str, str]:
    found = {name: cells[number].strip() for name, number in columns.items() if number < len(cells)}
    filled = {name: value for name, value in found.items() if value}
    return {**mapping.constants, **filled}
