"""Mails that come in: to whom they belong is asked of the address, what becomes of them of whoever made it."""

from __future__ import annotations

from datetime import datetime

from dorfplatz.mail.enums import Reception
from dorfplatz.mail.inbound.addresses import read_reply_addresses
from dorfplatz.mail.inbound.incoming import incoming
from dorfplatz.mail.sockets import receivers


def take_in(raw: bytes, *, to: str = "", now: datetime) -> Reception:
    """Take one mail in; `to` is the address it came to, where that is known. The same mail twice has effect once.

    Whoever is not spoken to by an address that we have signed learns nothing, and machines get no answer.
    """
    mail = incoming(raw)
    address = read_reply_addresses(to or mail.recipients, now=now)
    receiver = receivers.get(address.purpose) if address else None
    if address is None or receiver is None:
        return Reception.UNKNOWN
    return Reception.IGNORED if mail.is_automatic else receiver(address, mail, now)
