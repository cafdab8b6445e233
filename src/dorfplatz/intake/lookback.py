"""How far back the call list looks, and where an entry's page is."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from dorfplatz.entries.models import Entry

LOOK_BACK = timedelta(days=60)


def page_of(entry: Entry) -> str:
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
