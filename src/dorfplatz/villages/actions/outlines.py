"""Outlines of villages that nobody gave: cells around the centres within the municipality's ring."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.geo import cells, ring_outline
from dorfplatz.villages.enums import OutlineOrigin
from dorfplatz.villages.facts import OutlinesChanged
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.policies import can_manage_municipality


@transaction.atomic
def compute_outlines(municipality: Municipality, *, by: Actor, now: datetime) -> int:
    """Give each village without a given outline its cell; returns how many changed. Given outlines stay."""
    can_manage_municipality(by, municipality).require()
    villages = list(Area.objects.villages().within(municipality.path).select_for_update())
    centres = {str(v.pk): v.point for v in villages if v.point}
    ring = ring_outline(municipality.ring) if municipality.ring else None
    found = cells(centres, ring)
    changed = []
    for village in villages:
        cell = found.get(str(village.pk))
        if village.outline_origin == OutlineOrigin.GIVEN or cell == village.outline:
            continue
        village.outline = cell
        village.outline_origin = OutlineOrigin.COMPUTED if cell else OutlineOrigin.NONE
        changed.append(village)
    Area.objects.bulk_update(changed, ["outline", "outline_origin"])
    if changed:
        record_act("villages.outlines_computed", by=by, now=now, thing=f"municipality:{municipality.pk}")
        announce(OutlinesChanged(municipality.pk))
    return len(changed)
