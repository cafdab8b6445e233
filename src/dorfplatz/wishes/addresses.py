"""Addresses of the list and of single wishes."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from dorfplatz.entries.models import Entry
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.wishes.asked import Asked


def list_address(villages: VillageFilter, asked: Asked, *, forget: bool = False) -> str:
    """`forget` says that no village is meant where none is chosen, whatever was looked at last."""
    pairs = [*villages.parameters, *asked.parameters]
    if forget and villages.is_all:
        pairs = [("villages", ""), *pairs]
    base = reverse("wishes:list")
    return f"{base}?{urlencode(pairs)}" if pairs else base


def page_of(entry: Entry) -> str:
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
