"""What is over is forgotten: half a year after a case was closed, unless something of it is still in force or open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.moderation.enums import Force, Step
from dorfplatz.moderation.models import Appeal, Case, Decision
from dorfplatz.moderation.policies import APPEAL_WITHIN

AT_A_TIME = 2000


@transaction.atomic
def forget_old_cases(*, by: Actor, now: datetime) -> int:
    """Erase cases with their reports, decisions and appeals; returns how many. The journal keeps the numbers."""
    old = Case.objects.filter(closed_at__lt=now - APPEAL_WITHIN)
    lasting = Q(step=Step.SUSPEND, force=Force.IN_FORCE) | Q(force=Force.PROPOSED) | Q(until__gt=now)
    kept = Decision.objects.filter(lasting | Q(decided_at__gte=now - APPEAL_WITHIN))
    argued = Appeal.objects.filter(decided_at__isnull=True)
    ids = list(
        old.exclude(pk__in=kept.values("case"))
        .exclude(pk__in=argued.values("decision__case"))
        .values_list("pk", flat=True)[:AT_A_TIME]
    )
    Case.objects.filter(pk__in=ids).delete()
    if ids:
        record_act("moderation.forgotten", by=by, now=now, thing="case:old", details={"count": len(ids)})
    return len(ids)
