"""Wishes of somebody without internet, in the hands of whoever acts for her now."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Refused
from dorfplatz.wishes.models import Wish
from dorfplatz.wishes.policies import NOT_YOURS


@transaction.atomic
def pass_on_wishes(author_id: int, *, from_id: int, to_id: int, by: Actor, now: datetime) -> int:
    """Another connector hears what becomes of them from now on; returns how many. The machine alone does this, with
    the mandate.
    """
    del now  # the journal has the hand-over itself, and the spine that their pages change
    if not by.is_system:
        raise Refused(str(NOT_YOURS))
    ids = list(Wish.objects.filter(entry__author=author_id, set_out_by=from_id).values_list("pk", flat=True))
    Wish.objects.filter(pk__in=ids).update(set_out_by=to_id)
    return len(ids)
