"""Sheets that are filled in by hand: wishes, gifts, conversations, surveys, visits."""

from __future__ import annotations

from dorfplatz.noticeboard.blanks.setting import blank_of
from dorfplatz.noticeboard.blanks.sheets import BLANKS

__all__ = ["BLANKS", "blank_of"]
