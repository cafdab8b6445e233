"""How far a village's square is: being prepared, in its soft start, open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.enums import AreaKind, Stage
from dorfplatz.villages.facts import VillageChanged
from dorfplatz.villages.models import Area
from dorfplatz.villages.policies import can_change_stage


@transaction.atomic
def change_stage(area: Area, *, stage: Stage, by: Actor, now: datetime) -> bool:
    """Bring the village to the stage; whether that changed anything. Nothing in the square calls this by itself."""
    if area.kind != AreaKind.VILLAGE:
        raise Problem(_("Only a village is opened."))
    locked = Area.objects.select_for_update().get(pk=area.pk)
    can_change_stage(by, locked, stage).require()
    before = locked.stage
    if before == stage:
        return False
    locked.stage, locked.stage_since = stage, now
    locked.save(update_fields=["stage", "stage_since"])
    details = {"stage": str(stage), "before": str(before)}
    record_act("village.stage_changed", by=by, now=now, thing=f"area:{area.pk}", area_id=area.pk, details=details)
    announce(VillageChanged(area.pk))
    return True
