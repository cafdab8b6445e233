"""Codes that open nothing are counted: a slip of the finger is no guess, forty within ten minutes are."""

from __future__ import annotations

from datetime import datetime

from dorfplatz.kernel.actor import system
from dorfplatz.members import limits
from dorfplatz.members.actions.guessing import note_guessing
from dorfplatz.villages.models import Municipality


def count_wrong_code(municipality: Municipality, *, now: datetime) -> bool:
    """Whether those in charge are told now: once, as long as it goes on."""
    what = str(municipality.pk)
    is_slip = limits.count_attempt(limits.WRONG_CODES, what, now=now)
    if is_slip or not limits.count_attempt(limits.GUESSING_TOLD, what, now=now):
        return False
    note_guessing(municipality, by=system("codes"), now=now)
    return True
