"""How the outbox stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from dorfplatz.mail.enums import MailState
from dorfplatz.mail.models import Mail


@dataclass(frozen=True)
class OutboxState:
    """How many mails wait, how long the oldest does, and how many the server refused in the last week."""

    waiting_count: int
    oldest_waiting: timedelta
    refused_count: int


def outbox_state(now: datetime) -> OutboxState:
    """The state of the outbox, for `dorfplatz check`; a system query, it tells nothing about persons."""
    waiting = Mail.objects.filter(state=MailState.WAITING)
    oldest = waiting.aggregate(oldest=Min("posted_at"))["oldest"]
    refused = Mail.objects.filter(state=MailState.REFUSED, posted_at__gte=now - timedelta(days=7)).exclude(
        refusal="not wanted"
    )
    return OutboxState(waiting.count(), now - oldest if oldest else timedelta(0), refused.count())
