"""Who may do what with a village's launch kit."""

from __future__ import annotations

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.policies import can_manage_municipality, can_prepare


def can_change_kit(actor: Actor, area: Area) -> Verdict:
    """Its number, and its own points."""
    return can_prepare(actor, area)


def can_change_measures(actor: Actor, municipality: Municipality) -> Verdict:
    return can_manage_municipality(actor, municipality)
