"""Who may decide what reaches somebody."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if
from dorfplatz.members.models import Identity


def can_change_preferences(actor: Actor, identity: Identity) -> Verdict:
    """Oneself; or the system, by a link of a mail to that very person."""
    return allowed_if(
        actor.is_system or (actor.is_member and actor.identity_id == identity.pk),
        _("What reaches somebody is for that person to say."),
    )


def can_tell(actor: Actor) -> Verdict:
    """Notes follow from what was done; nobody writes one to another by hand."""
    return allowed_if(actor.is_system, _("Notes are written by the square itself."))
