"""The address of a question to the list."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from dorfplatz.exchange.asked import Asked
from dorfplatz.villages.filter import VillageFilter


def list_address(villages: VillageFilter, asked: Asked, *, forget: bool = False) -> str:
    """One address for one question, however it was asked. `forget` states that no village is chosen."""
    pairs = [*villages.parameters, *asked.parameters]
    if forget and villages.is_all:
        pairs.insert(0, ("villages", ""))
    query = urlencode(pairs)
    return f"{reverse('exchange:list')}?{query}" if query else reverse("exchange:list")
