"""What mail offers: a say before a mail is posted, for those who know what people want; files that go with a mail; and
receivers of answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dorfplatz.kernel.registry import Registry
from dorfplatz.mail.enums import Absent, Reception
from dorfplatz.mail.inbound.addresses import ReplyTo
from dorfplatz.mail.inbound.incoming import Incoming


@dataclass(frozen=True)
class Handling:
    """What is to become of a mail: whether it is wanted at all, when at the earliest, and with which headers more."""

    is_wanted: bool = True
    not_before: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


# Gets a mail's key and to whom it goes, and answers with nothing where it has nothing to say of such mails.
Say = Callable[[str, str, datetime], Handling | None]

says: Registry[Say] = Registry("says on mails")


def handling_of(key: str, to: str, now: datetime) -> Handling:
    """The first that has something to say decides."""
    said = (say(key, to, now) for say in says)
    return next((one for one in said if one is not None), Handling())


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a mail."""

    name: str
    content: bytes
    content_type: str = "application/pdf"


# Gets the plain ids that were posted with the mail, when it leaves: what has been taken away since does not travel.
Enclose = Callable[[Mapping[str, Any], datetime], Enclosed | Absent]

enclosers: Registry[Enclose] = Registry("files that go with mails")


def enclosed_in(told: Mapping[str, Any], now: datetime) -> Enclosed | Absent | None:
    """None for a mail with which nothing goes."""
    if not told:
        return None
    return enclosers[told["by"]](told["what"], now) if told["by"] in enclosers else Absent.GONE


# Gets what the address says and the mail, and tells what became of it. Plugged in under the letter of its addresses.
Receiver = Callable[[ReplyTo, Incoming, datetime], Reception]

receivers: Registry[Receiver] = Registry("receivers of answers")
