"""Who tells somebody without internet what came for her. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if
from dorfplatz.members.enums import ACT_FOR
from dorfplatz.members.models import Mandate


def can_tell(actor: Actor, mandate: Mandate) -> Verdict:
    """Whoever acts for her by her consent, for himself, as long as his role says so."""
    home = mandate.person.home_area
    own = actor.is_member and actor.hand_id is None and mandate.helper_id == actor.identity_id
    may = own and mandate.ended_at is None and home is not None and actor.holds(ACT_FOR, str(home.path))
    return allowed_if(may, str(_("This is for whoever acts for her.")))


def can_forget_told(actor: Actor) -> Verdict:
    """The clocks of the installation forget."""
    return allowed_if(actor.is_system, str(_("Only the machine does this.")))
