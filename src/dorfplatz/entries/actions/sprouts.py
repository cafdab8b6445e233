"""What comes of an entry: the thread from a wish to an ask."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dorfplatz.entries.models import Entry, EntrySprout
from dorfplatz.entries.policies import can_view
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor


@transaction.atomic
def note_sprout(seed: Entry, *, grown: Entry, by: Actor, now: datetime) -> None:
    """Note that one grew out of the other; noted once. Whoever notes it must be able to see the seed."""
    can_view(by, seed, now=now).require()
    _sprout, is_new = EntrySprout.objects.get_or_create(grown=grown, defaults={"seed": seed, "grown_at": now})
    if is_new:
        details = {"grown": grown.pk}
        record_act("entry.sprouted", by=by, now=now, thing=f"entry:{seed.pk}", details=details)
