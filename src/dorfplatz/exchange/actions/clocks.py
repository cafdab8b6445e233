"""What time brings, done by the clocks of the installation."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.entries.actions import erase_entries
from dorfplatz.exchange.facts import AskUnanswered
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.post import ask_to_renew
from dorfplatz.exchange.queries import bygone, expiring, unanswered
from dorfplatz.journal.actions import Line, record_acts
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce

HOURS = (24, 72)
AT_A_TIME = 500


@transaction.atomic
def tell_unanswered(*, by: Actor, now: datetime) -> int:
    """Tell of asks nobody has answered for 24 and for 72 hours, of each exactly once; returns how many were told."""
    told = 0
    for hours in HOURS:
        late = unanswered(before=now - timedelta(hours=hours), now=now).filter(told_hours__lt=hours).order_by("pk")
        ids = list(late.values_list("pk", flat=True)[:AT_A_TIME])
        mine = [pk for pk in ids if Exchange.objects.filter(pk=pk, told_hours__lt=hours).update(told_hours=hours)]
        lines = [Line(f"ask:{pk}", details={"hours": hours}) for pk in mine]
        record_acts("exchange.unanswered", lines=lines, by=by, now=now)
        for pk in mine:
            announce(AskUnanswered(pk, hours))
        told += len(mine)
    return told


@transaction.atomic
def ask_about_renewals(*, by: Actor, now: datetime) -> int:
    """Write to those whose asks and offers end soon, once in each round; returns how many were written to."""
    del by  # the outbox keeps its own journal
    return sum(ask_to_renew(exchange, now=now) for exchange in expiring(now=now)[:AT_A_TIME])


@transaction.atomic
def erase_bygone(*, by: Actor, now: datetime) -> int:
    """Erase what ended a quarter of a year ago, with all answers; returns how many."""
    return erase_entries(list(bygone(now=now).values_list("pk", flat=True)[:AT_A_TIME]), by=by, now=now)
