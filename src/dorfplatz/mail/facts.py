"""What mail tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class MailRefused(Fact):
    """The mail server will not take a mail for good: the address is wrong or gone. `key` says what it was about."""

    mail_id: int
    key: str
    at: datetime
