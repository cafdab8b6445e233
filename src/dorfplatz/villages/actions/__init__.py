"""Writes to the tree, by subject."""

from dorfplatz.villages.actions.outlines import compute_outlines
from dorfplatz.villages.actions.setup import SetupReport, set_up_municipality

__all__ = ["SetupReport", "compute_outlines", "set_up_municipality"]
