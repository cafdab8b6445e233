"""What search plugs into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from dorfplatz.entries.facts import EntriesPublished, EntryChanged, EntryWithheld
from dorfplatz.kernel.facts import subscribe
from dorfplatz.search.actions import forget_entries, index_entries
from dorfplatz.ui.sockets import slots


def _published(fact: EntriesPublished) -> None:
    index_entries(fact.entry_ids)


def _changed(fact: EntryChanged) -> None:
    index_entries([fact.entry_id])


def _withheld(fact: EntryWithheld) -> None:
    forget_entries([fact.entry_id])


subscribe(EntriesPublished, _published)
subscribe(EntryChanged, _changed)
subscribe(EntryWithheld, _withheld)


def _field(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    url = reverse("search:page")
    is_shown = getattr(request, "municipality", None) is not None and request.path != url
    return render_to_string("search/masthead.html", {"url": url, "is_shown": is_shown})


slots.plug("page:search", "search", _field)
