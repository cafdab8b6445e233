"""Who has a desk, and what she may do with what lies on it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.desk.enums import USE_DESK
from dorfplatz.desk.models import Note
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if
from dorfplatz.villages.models import Area

NOT_YOURS = _("This is for the Buurtverbinder of the village.")


def can_use_desk(actor: Actor, area: Area) -> Verdict:
    """Connectors of the village, for themselves: nobody sits there by another's hand."""
    may = actor.is_member and actor.hand_id is None and actor.holds(USE_DESK, str(area.path))
    return allowed_if(actor.is_system or may, str(NOT_YOURS))


def can_remove_note(actor: Actor, note: Note) -> Verdict:
    """Whoever may read it: what is noted of people shall go rather too early than too late."""
    return can_use_desk(actor, note.area)


def can_keep_desks(actor: Actor) -> Verdict:
    """The clocks of the installation count and forget."""
    return allowed_if(actor.is_system, str(_("Only the machine does this.")))
