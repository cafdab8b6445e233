"""How somebody stands on the square: what they say of themselves to all, and whether they may come in at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.members.models import Identity
from dorfplatz.members.policies import can_change_identity

LONGEST_INTRODUCTION = 600


@transaction.atomic
def introduce_identity(identity: Identity, *, introduction: Mapping[str, str], by: Actor, now: datetime) -> bool:
    """A few sentences by language that a village page shows of its connector; whether that changed anything."""
    can_change_identity(by, identity).require()
    said = {code: text.strip() for code, text in introduction.items() if text.strip()}
    if any(len(text) > LONGEST_INTRODUCTION for text in said.values()):
        raise Problem(
            _("Please introduce yourself in at most %(longest)d letters.") % {"longest": LONGEST_INTRODUCTION}
        )
    locked = Identity.objects.select_for_update().get(pk=identity.pk)
    if locked.introduction == said:
        return False
    identity.introduction = locked.introduction = said
    locked.save(update_fields=["introduction"])
    record_act(
        "identity.changed", by=by, now=now, thing=f"identity:{identity.pk}", details={"fields": ["introduction"]}
    )
    return True


@transaction.atomic
def block_identity(identity: Identity, *, by: Actor, now: datetime) -> bool:
    """Shut somebody out, with their next request; whether they were in."""
    allowed_if(by.is_system, str(_("People are shut out by the moderation."))).require()
    locked = Identity.objects.select_for_update().get(pk=identity.pk)
    identity.is_blocked = True
    if locked.is_blocked:
        return False
    locked.is_blocked = True
    locked.save(update_fields=["is_blocked"])
    record_act("identity.blocked", by=by, now=now, thing=f"identity:{identity.pk}")
    return True
