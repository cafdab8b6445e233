"""Addresses of what waits. Of a hundred things found a dozen are shown: only theirs are worked out."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import lazy

from dorfplatz.entries.models import Entry


def _page_of(entry: Entry) -> str:
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})


# The page of an entry, worked out when it is read.
way_to = lazy(_page_of, str)
