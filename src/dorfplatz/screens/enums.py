"""Choices of screens."""

from __future__ import annotations

KEEP_SCREENS = "screens.keep"
SCREEN = "screen"  # the journal's word
HOURS = range(24)
