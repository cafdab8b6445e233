"""How often something may be tried: counted in one statement, exact however many processes count at once."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from dorfplatz.members.models import AttemptCount


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts in any span as long as `window`.

    Two windows side by side are counted together, so that no span across their border holds more.
    """

    name: str
    most: int
    window: timedelta

    @property
    def window_s(self) -> int:
        return int(self.window.total_seconds())


LOGIN_PER_ACCOUNT = Limit("login-account", 10, timedelta(minutes=5))
LOGIN_PER_ADDRESS = Limit("login-address", 30, timedelta(minutes=1))
STEP_PER_ACCOUNT = Limit("step-account", 10, timedelta(minutes=5))
# An app's code opens once: more than allauth's own note of it, which each web process keeps for itself.
STEP_ONCE = Limit("step-once", 1, timedelta(minutes=2))
CODE_PER_ADDRESS = Limit("code-address", 30, timedelta(minutes=1))
# Of a municipality, by anybody; and that those in charge were told of it.
WRONG_CODES = Limit("wrong-codes", 40, timedelta(minutes=10))
GUESSING_TOLD = Limit("guessing-told", 1, timedelta(hours=1))
RESET_PER_ACCOUNT = Limit("reset-account", 3, timedelta(hours=1))
# Of other members' pages: each once, and at most a fifth of a place of five hundred in a week.
PAGE_READ_ONCE = Limit("page-read-once", 1, timedelta(days=7))
PAGES_READ = Limit("pages-read", 100, timedelta(days=7))
RESET_PER_ADDRESS = Limit("reset-address", 30, timedelta(minutes=10))
MAILED_CODES = Limit("mailed-codes", 6, timedelta(hours=1))
MAILED_CODE_TRIES = Limit("mailed-code-tries", 5, timedelta(minutes=10))
MAILED_CODE_ONCE = Limit("mailed-code-once", 1, timedelta(minutes=10))
PUZZLE_ONCE = Limit("puzzle-once", 1, timedelta(minutes=10))
WAITS_PER_ADDRESS = Limit("waits-address", 5, timedelta(minutes=10))

# One statement, so that neither a crash nor another process can come between reading and writing. Django's ORM cannot
# say this; SQLite and PostgreSQL both can. The values are bound.
_COUNT = """
INSERT INTO members_attemptcount AS c ("key", "window", "count", "before", forget_at) VALUES (%s, %s, 1, 0, %s)
ON CONFLICT ("key") DO UPDATE SET
  "before" = CASE WHEN c."window" = excluded."window" THEN c."before"
                  WHEN c."window" = excluded."window" - 1 THEN c."count" ELSE 0 END,
  "count" = CASE WHEN c."window" = excluded."window" THEN c."count" + 1 ELSE 1 END,
  "window" = excluded."window", forget_at = excluded.forget_at
RETURNING "count", "before"
"""


def count_attempt(limit: Limit, what: str, *, now: datetime) -> bool:
    """Count one attempt and say whether it is within the limit. Call it outside a transaction that may be undone."""
    return count(limit, what, now=now) <= limit.most


def count(limit: Limit, what: str, *, now: datetime) -> int:
    """Count one attempt; how many there are with it, in this window and the one before."""
    window = int(now.timestamp()) // limit.window_s
    forget_at = datetime.fromtimestamp((window + 2) * limit.window_s, UTC)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key_of(limit, what), window, connection.ops.adapt_datetimefield_value(forget_at)])
        present, before = cursor.fetchone()
    return int(present + before)


def exhaust(limit: Limit, what: str, *, now: datetime) -> None:
    """Nothing more of this within the limit's window, and some of the next."""
    window = int(now.timestamp()) // limit.window_s
    forget_at = datetime.fromtimestamp((window + 2) * limit.window_s, UTC)
    values = {"window": window, "count": limit.most + 1, "before": 0, "forget_at": forget_at}
    AttemptCount.objects.update_or_create(key=key_of(limit, what), defaults=values)


def clear_attempts(limit: Limit, what: str) -> None:
    """Forget the attempts: somebody has shown that it was really them."""
    AttemptCount.objects.filter(key=key_of(limit, what)).delete()


def forget_attempts(*, now: datetime) -> int:
    """Remove counts that no limit asks for any more; returns how many."""
    return AttemptCount.objects.filter(forget_at__lt=now).delete()[0]


def key_of(limit: Limit, what: str) -> str:
    """What is counted, as a keyed hash: neither an e-mail address nor an IP address can be read from the table."""
    told = f"{limit.name}:{what.strip().casefold()}"
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(), hashlib.sha256).hexdigest()


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address, of IPv6 the network that one household has.

    A forwarding header is believed only from the proxies the operator named, read from its trustworthy end.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    found = str(request.META.get("REMOTE_ADDR", ""))
    while hops and found in settings.TRUSTED_PROXIES:
        found = hops.pop()
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
