"""`dorfplatz index_search`: make the search index anew, for after an update or a restored backup."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from dorfplatz.entries.models import Entry
from dorfplatz.search.actions import drop_lost_words, index_entries

PORTION = 500


class Command(BaseCommand):
    help = "Make the search index anew. Searching goes on meanwhile."

    def handle(self, *_args: Any, **_options: Any) -> None:
        ids = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
        written = sum(index_entries(ids[start : start + PORTION]) for start in range(0, len(ids), PORTION))
        drop_lost_words()
        self.stdout.write(_("%(count)d entries can be found.") % {"count": written})
