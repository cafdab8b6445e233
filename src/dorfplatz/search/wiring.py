"""What search plugs into lower floors."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dorfplatz.entries.facts import EntriesErased, EntriesPublished, EntryChanged, EntryTranslated, EntryWithheld
from dorfplatz.jobs.queue import enqueue
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.kernel.facts import subscribe
from dorfplatz.languages.facts import LocalWordsChanged
from dorfplatz.search.actions import forget_entries, index_entries
from dorfplatz.ui.sockets import Door, tools


def _published(fact: EntriesPublished) -> None:
    index_entries(fact.entry_ids)


def _changed(fact: EntryChanged | EntryTranslated) -> None:
    index_entries([fact.entry_id])


def _withheld(fact: EntryWithheld) -> None:
    forget_entries([fact.entry_id])


def _words_changed(fact: LocalWordsChanged) -> None:
    enqueue("dorfplatz.search.tasks.index_words", municipality_id=fact.municipality_id, words=list(fact.words))


subscribe(LocalWordsChanged, _words_changed)
subscribe(EntriesPublished, _published)
subscribe(EntryChanged, _changed)
subscribe(EntryTranslated, _changed)
subscribe(EntryWithheld, _withheld)


def _erased(fact: EntriesErased) -> None:
    forget_entries(fact.entry_ids)


subscribe(EntriesErased, _erased)
tables.plug("search.Word", Kept(
    _("Words of what stands on the square"), _("So that it can be found."),
    _("A day longer than what they stand in."), Basis.PUBLIC_TASK, ("text",),
), rank=42)  # fmt: skip


def _page(_request: HttpRequest) -> str:
    return reverse("search:page")


tools.plug("search", Door("search", pgettext_lazy("navigation", "Search"), "search", _page), rank=90)
periodic.plug("search.catch_up", Periodic("dorfplatz.search.tasks.catch_up", every=timedelta(minutes=15)))
periodic.plug("search.words", Periodic("dorfplatz.search.tasks.drop_words", every=timedelta(days=1)))
