"""What time brings: asks nobody has answered, entries whose time is nearly over, and those long over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dorfplatz.entries.enums import State
from dorfplatz.exchange.enums import STILL_GOING, AnswerState, Direction, Step
from dorfplatz.exchange.models import Answer, Exchange

ASKED_BEFORE = timedelta(days=4)
KEPT_AFTER = timedelta(days=90)


def _current(now: datetime) -> QuerySet[Exchange]:
    going = Exchange.objects.filter(entry__state=State.PUBLISHED, step__in=STILL_GOING)
    return going.filter(Q(entry__expires_at__isnull=True) | Q(entry__expires_at__gt=now))


def unanswered(*, before: datetime, now: datetime) -> QuerySet[Exchange]:
    """Open asks set out before then that nobody has answered; an answer that was taken back is none."""
    answered = Answer.objects.filter(exchange=OuterRef("pk")).exclude(state=AnswerState.WITHDRAWN)
    asks = _current(now).filter(entry__kind=Direction.ASK, step=Step.OPEN, entry__published_at__lte=before)
    return asks.filter(~Exists(answered))


def expiring(*, now: datetime) -> QuerySet[Exchange]:
    """What ends within four days: time to ask whether it still holds."""
    soon = _current(now).filter(entry__expires_at__lte=now + ASKED_BEFORE)
    return soon.select_related("entry__author__login", "set_out_by__login").prefetch_related("entry__placements__area")


def bygone(*, now: datetime) -> QuerySet[Exchange]:
    """What ended a quarter of a year ago, with all that hangs on it."""
    return Exchange.objects.filter(entry__expires_at__lt=now - KEPT_AFTER).order_by("pk")
