"""What a sheet to fill in is made of. Texts are lazy: they are said in each language of the sheet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from dorfplatz.press.letters import well

Text = str | Promise


def in_each(text: Text, languages: Sequence[str]) -> list[dict[str, str]]:
    """“language” and “text” for each language; what is the same in both is said once."""
    found: dict[str, str] = {}
    for code in languages:
        with override(code):
            found.setdefault(str(text), code)
    return [{"language": code, "text": well(said, code)} for said, code in found.items()]


@dataclass(frozen=True)
class Part:
    """A line, some lines, boxes to tick, a scale, a table or a promise; `amount` is how many lines or rows.

    A table has columns of these `widths`, in shares, rows `row_mm` high, and `firsts` down its first column.
    """

    kind: str
    label: Text = ""
    amount: int = 1
    choices: Sequence[Text] = ()
    widths: Sequence[float] = ()
    row_mm: float = 14.6
    firsts: Sequence[Text] = ()

    def data(self, languages: Sequence[str]) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "label": in_each(self.label, languages) if self.label else [],
            "amount": self.amount,
            "choices": [in_each(choice, languages) for choice in self.choices],
            "widths": list(self.widths),
            "row_mm": self.row_mm,
            "firsts": [in_each(first, languages) for first in self.firsts],
        }


@dataclass(frozen=True)
class Blank:
    """A sheet to fill in; `on_page` is how many of it stand on one A4."""

    title: Text
    lead: Text
    parts: Sequence[Part]
    on_page: int = 1
