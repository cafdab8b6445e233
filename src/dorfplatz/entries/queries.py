"""Reads of the spine."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from dorfplatz.entries.models import Entry, EntryArea, EntryQuerySet, EntryText
from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.queries import Site


@dataclass(frozen=True)
class Reading:
    """An entry's words for one reader: in which language they are, and from which the original is."""

    title: str
    body: str
    language: str
    original_language: str

    @property
    def is_original(self) -> bool:
        return self.language == self.original_language


def reading(entry: Entry, language: str) -> Reading:
    """The entry in the reader's language when a person wrote it so, else the original."""
    if entry.language != language:
        for text in entry.texts.all():
            if text.language == language:
                return Reading(text.title, text.body or entry.body, language, entry.language)
    return Reading(entry.title, entry.body, entry.language, entry.language)


def with_words(entries: EntryQuerySet) -> EntryQuerySet:
    """Prefetch what cards and pages read of each entry: its human versions and its areas. Two queries more."""
    return entries.prefetch_related(
        Prefetch("texts", EntryText.objects.all()),
        Prefetch("placements", EntryArea.objects.select_related("area")),
    )


def entry_by_code(code: str, viewer: Actor, *, now: datetime) -> Entry | None:
    """The entry with that public id if the viewer may see it, with words, areas and author; else None."""
    found = Entry.objects.filter(code=code.lower()).visible_to(viewer, now=now)
    return with_words(found).select_related("author").first()


def visible_ids(ids: Iterable[int], viewer: Actor, *, now: datetime) -> set[int]:
    """Those of the ids that the viewer may see."""
    return set(Entry.objects.filter(pk__in=list(ids)).visible_to(viewer, now=now).values_list("pk", flat=True))


def moments_of_entries(site: Site, since: datetime, until: datetime) -> set[datetime]:
    """When entries of the site's areas expire, become due for a check, begin or end. One query."""
    placed = EntryArea.objects.filter(area_id__in=[*site.by_id])
    some = [
        placed.filter(**{f"entry__{name}__gt": since, f"entry__{name}__lte": until}).values_list(f"entry__{name}")
        for name in ("expires_at", "check_due_at", "starts_at", "ends_at")
    ]
    return {moment for (moment,) in some[0].union(*some[1:])}


def areas_of_entries(ids: Collection[int]) -> set[int]:
    """In which areas these entries are set out, all together, whoever may see them."""
    if not ids:
        return set()
    return set(EntryArea.objects.filter(entry_id__in=list(ids)).values_list("area_id", flat=True).distinct())
