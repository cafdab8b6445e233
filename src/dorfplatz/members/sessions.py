"""What a session knows of how its person came in: when she last showed that it is her, and with which second step."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare

from dorfplatz.members.models import Identity, Login

FRESH_FOR = timedelta(minutes=15)
ENTERING_FOR = timedelta(minutes=10)
SHOWN_AT, FACTOR, ENTERING, DEVICE = "shown_at", "factor", "entering", "device"
Session = MutableMapping[str, Any]


@dataclass(frozen=True)
class Entering:
    """Somebody who has shown the first of two things; `after` is where she wants to go."""

    login: Login
    identity: Identity
    after: str


def mark_shown(session: Session, *, now: datetime, factor: str = "") -> None:
    """She has just shown that it is her; with `factor`, by a second step too."""
    session[SHOWN_AT] = int(now.timestamp())
    if factor:
        session[FACTOR] = factor
    session.pop(ENTERING, None)


def is_fresh(session: Session, *, now: datetime) -> bool:
    """Whether that was at most a quarter of an hour ago."""
    age_s = now.timestamp() - int(session.get(SHOWN_AT, 0))
    return -1 <= age_s <= FRESH_FOR.total_seconds()


def is_secured(session: Session) -> bool:
    """Whether she came in by two steps."""
    return bool(session.get(FACTOR))


def begin_entering(session: Session, login: Login, *, after: str, now: datetime) -> None:
    """The first step is done. Another password or “log out everywhere” in between, and it counts no more."""
    session[ENTERING] = {
        "login": login.pk, "hash": login.get_session_auth_hash(), "at": int(now.timestamp()), "after": after,
    }  # fmt: skip


def who_is_entering(session: Session, *, now: datetime) -> Entering | None:
    """Who has done the first step in this session, at most ten minutes ago, and may still come in."""
    told = session.get(ENTERING)
    if not told or now.timestamp() - told["at"] > ENTERING_FOR.total_seconds():
        return None
    login = Login.objects.select_related("identity").filter(pk=told["login"], is_active=True).first()
    identity = getattr(login, "identity", None)
    if login is None or identity is None or identity.is_blocked:
        return None
    if not constant_time_compare(login.get_session_auth_hash(), told["hash"]):
        return None
    return Entering(login, identity, str(told["after"]))
