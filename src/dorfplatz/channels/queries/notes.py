"""The list of what is new for somebody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from dorfplatz.channels.models import Note
from dorfplatz.channels.sockets import sorts
from dorfplatz.entries.models import EntryText
from dorfplatz.entries.queries import reading
from dorfplatz.entries.visible import visible_ids
from dorfplatz.kernel.actor import Actor
from dorfplatz.ui.kept_parts import UNSHOWN
from dorfplatz.villages.prepared import Prepared

MOST_COUNTED = 100
MOST_ASKED = 3 * MOST_COUNTED  # some of them may be seen no more
ON_A_PAGE = 20


@dataclass(frozen=True)
class Told:
    """A note in words. `lead` says what happened, `title` to what; `url` leads there and marks it as read."""

    id: int
    lead: str
    title: str
    about: str
    icon: str
    url: str
    at: datetime = field(metadata=UNSHOWN)
    is_new: bool
    language: str


def own_notes(viewer: Actor, *, now: datetime) -> QuerySet[Note]:
    """What the viewer was told and may still see, newest first."""
    return _with_words(Note.objects.visible_to(viewer, now=now))


def _with_words(notes: QuerySet[Note]) -> QuerySet[Note]:
    texts = Prefetch("entry__texts", EntryText.objects.all())
    known = notes.filter(sort__in=[key for key, _sort in sorts.items()])
    return known.select_related("entry", "told_by").prefetch_related(texts).order_by("-pk")


def page_of_notes(viewer: Actor, *, now: datetime, before: int = 0) -> list[Note]:
    """The same, a page and one more from before that note on. Three queries; more where much may be seen no more."""
    own = _with_words(Note.objects.filter(identity_id=viewer.identity_id or 0))
    found: list[Note] = []
    while len(found) <= ON_A_PAGE:
        some = list((own.filter(pk__lt=before) if before else own)[: ON_A_PAGE + 1])
        seen = visible_ids({note.entry_id for note in some if note.entry_id}, viewer, now=now)
        found += [
            note
            for note in some
            if (note.entry_id is None or note.entry_id in seen) and note.told_by_id not in viewer.apart_from
        ]
        if len(some) <= ON_A_PAGE:
            break
        before = some[-1].pk
    return found[: ON_A_PAGE + 1]


def _unread_of(identity_id: int) -> QuerySet[Note, tuple[int | None, int | None]]:
    unread = Note.objects.filter(identity_id=identity_id, read_at__isnull=True)
    return unread.values_list("entry_id", "told_by_id")[:MOST_ASKED]


_unread = Prepared(_unread_of, int)


def unread_count(viewer: Actor, *, now: datetime) -> int:
    """How many the viewer has not read, MOST_COUNTED at most. One look at a small index, and another where some are.

    What may still be seen takes long to ask, and every page would; most people have read everything.
    """
    found = [entry for entry, by in _unread(viewer.identity_id or 0) if by not in viewer.apart_from]
    seen = visible_ids({entry for entry in found if entry}, viewer, now=now)
    return min(sum(entry is None or entry in seen for entry in found), MOST_COUNTED)


def has_unread(identity_id: int, *, sort: str, entry_id: int, since: datetime) -> bool:
    """Whether this person was told the same of this entry since then and has not looked; a system query."""
    same = Note.objects.filter(identity_id=identity_id, sort=sort, entry_id=entry_id, made_at__gt=since, read_at=None)
    return same.exists()


def told(notes: Collection[Note], viewer: Actor, language: str) -> Sequence[Told]:
    """The notes of `own_notes` in words, in the active language."""
    return [_told(note, language) for note in notes if note.identity_id == viewer.identity_id]


def _told(note: Note, language: str) -> Told:
    sort = sorts[note.sort]
    words = reading(note.entry, language) if note.entry else None
    name = note.told_by.name if note.told_by else _("Somebody")
    return Told(
        id=note.pk,
        lead=str(sort.sentence) % {"name": name},
        title=words.title if words else "",
        about=sort.about(note),
        icon=sort.icon,
        url=reverse("channels:open_note", kwargs={"pk": note.pk}),
        at=note.made_at,
        is_new=note.read_at is None,
        language=words.language if words and words.language != language else "",
    )


def note_address(note: Note) -> str:
    """Where a note leads, under the active language prefix."""
    sort = sorts[note.sort]
    if sort.url:
        return sort.url(note)
    if note.entry is None:
        return reverse("channels:notes")
    return reverse("entries:entry", kwargs={"code": note.entry.code, "words": note.entry.title_words})
