"""Somebody is 16 now: her guardian's word has ended, her own counts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity, Joining
from dorfplatz.members.policies import can_say_of_age


@transaction.atomic
def come_of_age(identity: Identity, *, by: Actor, now: datetime) -> bool:
    """Say that somebody is 16 now; whether she was not. Her guardian's name is forgotten.

    Who reads what on her page stays as it was until she changes it.
    """
    can_say_of_age(by, identity).require()
    if not Joining.objects.filter(identity=identity, is_minor=True).update(is_minor=False, guardian=""):
        return False
    record_act("identity.of_age", by=by, now=now, thing=f"identity:{identity.pk}")
    return True
