"""An ask or an offer on paper: what a poster with slips to tear off is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dorfplatz.entries.queries import reading
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.words import kicker, when_in_words
from dorfplatz.kernel.text import plain


@dataclass(frozen=True)
class TearOff:
    """`short_address` is printed, `qr_data` is what the code says: the same address with its scheme."""

    title: str
    kicker: str
    text: str
    when: str
    language: str
    short_address: str
    qr_data: str


def tear_off(exchange: Exchange, *, base: str, language: str, now: datetime) -> TearOff:
    """`base` is `villages.queries.base_url` of the square."""
    words = reading(exchange.entry, language)
    address = f"{base}/e/{exchange.entry.code}"
    return TearOff(
        title=words.title,
        kicker=kicker(exchange),
        text=plain(words.body),
        when=when_in_words(exchange, now=now, language=language),
        language=words.language,
        short_address=address.partition("://")[2],
        qr_data=address,
    )
