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
# A mail takes some ten milliseconds, and who writes meanwhile waits.
MAILS_AT_A_TIME = 20


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
def ask_about_renewals(*, after: int = 0, by: Actor, now: datetime) -> int | None:
    """Write to those whose asks and offers end soon, once in each round: to a portion of them.

    Returns after which one the next portion begins; None behind the last. Those written to before are met again.
    """
    del by  # the outbox keeps its own journal
    portion = list(expiring(now=now).filter(pk__gt=after).order_by("pk")[:MAILS_AT_A_TIME])
    for exchange in portion:
        ask_to_renew(exchange, now=now)
    return portion[-1].pk if portion else None


@transaction.atomic
def erase_bygone(*, by: Actor, now: datetime) -> int:
    """Erase what ended a quarter of a year ago, with all answers; returns how many."""
    return erase_entries(list(bygone(now=now).values_list("pk", flat=True)[:AT_A_TIME]), by=by, now=now)
