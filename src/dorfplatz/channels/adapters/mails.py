"""Mails that rooms send themselves: whether they are wanted, not in quiet hours, and with a link to stop them."""

from __future__ import annotations

from datetime import datetime

from dorfplatz.channels.enums import Way
from dorfplatz.channels.queries import reader_of, way_for
from dorfplatz.channels.quiet import end_of_quiet
from dorfplatz.channels.sockets import sorts
from dorfplatz.channels.stopping import stop_headers
from dorfplatz.mail.sockets import Handling, says
from dorfplatz.members.queries import identity_of_email
from dorfplatz.villages.queries import base_url


def sort_of_mail(key: str) -> str:
    """The sort to which a room's mail belongs, by how its key begins; "" for mails that nobody can do without."""
    return next((name for name, sort in sorts.items() if key.startswith(tuple(sort.mails))), "")


def handle(key: str, to: str, now: datetime) -> Handling | None:
    sort = sort_of_mail(key)
    identity = identity_of_email(to) if sort else None
    reader = reader_of(identity.pk) if identity else None
    if reader is None or reader.municipality is None:
        return None
    wanted = reader.preferences
    later = end_of_quiet(now, quiet_from=wanted.quiet_from, quiet_until=wanted.quiet_until, zone=reader.zone)
    origin = base_url(reader.municipality)
    headers = stop_headers(reader.identity.pk, sort, origin, reader.identity.language)
    return Handling(way_for(wanted, sort) == Way.AT_ONCE, later, headers)


def plug_mails() -> None:
    says.plug("channels", handle)
