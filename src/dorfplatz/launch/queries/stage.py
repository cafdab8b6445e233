"""Who brought a village to its stage: the journal knows."""

from __future__ import annotations

from dorfplatz.journal.queries import last_actor_of
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.villages.enums import PREPARE
from dorfplatz.villages.models import Area


def who_changed_stage(area: Area, viewer: Actor) -> str:
    """The name of who did it last, for those who prepare the village; "" for nobody, and for who has left."""
    if area.stage_since is None or not viewer.holds(PREPARE, str(area.path)):
        return ""
    actor_id = last_actor_of(f"area:{area.pk}", "village.stage_changed")
    return Identity.objects.filter(pk=actor_id or 0).values_list("name", flat=True).first() or ""
