"""Reads of the spine."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from dorfplatz.basemap.models import Street
from dorfplatz.entries.enums import SEE_HIDDEN, State, WrittenBy
from dorfplatz.entries.models import (
    Entry,
    EntryArea,
    EntryPicture,
    EntryQuerySet,
    EntryText,
    EntryTextVersion,
    EntryVersion,
    SentForm,
)
from dorfplatz.entries.originals import hash_of_original
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import WITH_PORTRAIT
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import Site

LONGEST_TITLE = 200
MOST_VERSIONS = 20


@dataclass(frozen=True)
class Reading:
    """An entry's words for one reader: in which language they are, from which the original is, and who said them so.

    `is_outdated`: the original has changed since a person put it into this language.
    """

    title: str
    body: str
    language: str
    original_language: str
    by: WrittenBy = WrittenBy.AUTHOR
    by_id: int | None = None  # of the person who put it into this language, as long as she is here
    is_outdated: bool = False

    @property
    def is_original(self) -> bool:
        return self.language == self.original_language


def reading(entry: Entry, language: str) -> Reading:
    """The entry in the reader's language: by a person, else by machine, else the original.

    A person's version from before the original changed is shown only where the machine has nothing newer.
    """
    if entry.language == language:
        return _original(entry)
    found = [text for text in entry.texts.all() if text.language == language]
    human = next((text for text in found if not text.made_with), None)
    made = next((text for text in found if text.made_with and _says_something(entry, text)), None)
    is_outdated = human is not None and made is not None and _is_outdated(entry, human)
    if made is not None and (human is None or is_outdated):
        return Reading(made.title, made.body, language, entry.language, WrittenBy.MACHINE, is_outdated=is_outdated)
    if human is not None:
        return _by_person(entry, human, is_outdated=is_outdated or _is_outdated(entry, human))
    return _original(entry)


def _original(entry: Entry) -> Reading:
    return Reading(entry.title, entry.body, entry.language, entry.language)


def _by_person(entry: Entry, text: EntryText, *, is_outdated: bool = False) -> Reading:
    body = text.body or entry.body
    return Reading(text.title, body, text.language, entry.language, WrittenBy.PERSON, text.written_by_id, is_outdated)


def _is_outdated(entry: Entry, text: EntryText) -> bool:
    return text.source_hash != hash_of_original(entry.title, entry.body)


def _says_something(entry: Entry, made: EntryText) -> bool:
    return (made.title, made.body) != (entry.title, entry.body)


def machine_words(entry: Entry) -> list[tuple[str, str]]:
    """Title and body as the machine says them of the present original, in every language; for the search."""
    made = [text for text in entry.texts.all() if text.made_with and _says_something(entry, text)]
    return [(text.title, text.body) for text in made]


def with_words(entries: EntryQuerySet) -> EntryQuerySet:
    """Prefetch what cards and pages read of each entry: versions by people and machine, areas. Two queries more."""
    return entries.prefetch_related(
        Prefetch("texts", EntryText.objects.all()),
        Prefetch("placements", EntryArea.objects.select_related("area").defer("area__outline", "area__intro")),
    )


def entry_by_code(code: str, viewer: Actor, *, now: datetime) -> Entry | None:
    """The entry with that public id if the viewer may see it, with words, areas and author; else None."""
    found = Entry.objects.filter(code=code.lower()).visible_to(viewer, now=now)
    return with_words(found).select_related(*(f"author__{name}" for name in WITH_PORTRAIT)).first()


def translator_of(words: Reading, viewer: Actor) -> str:
    """The name of who has put an entry into another language, for members; "" for others, and for children."""
    if words.by_id is None or not viewer.is_member or words.by_id in viewer.apart_from:
        return ""
    named = Identity.objects.filter(pk=words.by_id).exclude(joining__is_minor=True)
    return named.values_list("name", flat=True).first() or ""


def translators_outrun(entry: Entry) -> set[int]:
    """People whose version in another language is of another original than the present one."""
    by_people = EntryText.objects.filter(entry=entry, made_with="", written_by__isnull=False)
    return {text.written_by_id for text in by_people if text.written_by_id and _is_outdated(entry, text)}


def titles_in(language: str, *, of: QuerySet[Any] | Collection[int]) -> dict[int, str]:
    """Titles in a language by entry, for entry ids, or a query for them: a person's, else the machine's. One query."""
    texts = EntryText.objects.filter(entry_id__in=of, language=language)
    return dict(texts.order_by("-made_with").values_list("entry_id", "title"))


def first_areas(entry_ids: Collection[int], *, among: Collection[int]) -> dict[int, int]:
    """Of each entry the first of its areas that is one of these, where there is one. One query."""
    placed = EntryArea.objects.filter(entry_id__in=entry_ids, area_id__in=among).order_by("-pk")
    return dict(placed.values_list("entry_id", "area_id"))


def text_history(entry: Entry, language: str, viewer: Actor) -> list[EntryTextVersion]:
    """What people's versions in a language said before, the newest first, for members."""
    if not viewer.is_member:
        return []
    return list(entry.text_versions.filter(language=language).select_related("written_by")[:MOST_VERSIONS])


def names_around(entry: Entry) -> list[str]:
    """Names around an entry that no engine should translate: villages, streets of its municipality, its people.

    Of the people, those who have a first and a last name; of its author, whatever she is called.
    """
    areas = Area.objects.filter(kind__in=[AreaKind.VILLAGE, AreaKind.MUNICIPALITY])
    found = {name for area in areas.values_list("name", flat=True) for name in area.values()}
    paths = {str(path) for path in EntryArea.objects.filter(entry=entry).values_list("area__path", flat=True)}
    streets = Street.objects.values_list("name", "municipality__area__path")
    found |= {name for name, root in streets if any(path.startswith(str(root)) for path in paths)}
    roots = [str(root) for root in Municipality.objects.values_list("area__path", flat=True)]
    for root in {root for root in roots if any(path.startswith(root) for path in paths)}:
        people = Identity.objects.filter(home_area__path__startswith=root, name__contains=" ")
        found |= set(people.values_list("name", flat=True))
    if entry.author_id:
        found |= set(Identity.objects.filter(pk=entry.author_id).values_list("name", flat=True))
    return sorted(found)


def entries_saying(words: Collection[str], municipality: Municipality) -> list[int]:
    """What is published in a municipality and says one of these words, in any language; newest first."""
    said = Q()
    for form in {form for word in words for form in (word, word.lower(), word.capitalize())}:
        for field in ("title", "body", "texts__title", "texts__body"):
            said |= Q(**{f"{field}__contains": form})
    around = Entry.objects.filter(said, placements__area__path__startswith=municipality.path, state=State.PUBLISHED)
    return list(around.order_by("-pk").values_list("pk", flat=True).distinct()) if words else []


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


def versions_of(entry: Entry, viewer: Actor) -> list[EntryVersion]:
    """What it said before, newest first; for its author and those in charge, else nothing."""
    is_author = viewer.is_member and viewer.identity_id == entry.author_id
    paths = [str(placement.area.path) for placement in entry.placements.all()]
    if not (is_author or any(viewer.holds(SEE_HIDDEN, path) for path in paths)):
        return []
    return list(entry.versions.select_related("written_by", "replaced_by"))


def pictures_of(ids: Collection[int]) -> dict[int, list[EntryPicture]]:
    """The pictures of entries by entry, in their order. One query."""
    found: dict[int, list[EntryPicture]] = {pk: [] for pk in ids}
    for row in EntryPicture.objects.filter(entry_id__in=list(ids)).select_related("picture"):
        if row.entry_id is not None:
            found[row.entry_id].append(row)
    return found


def first_pictures(ids: Collection[int]) -> dict[int, EntryPicture]:
    """Of each entry the first picture that is ready, for cards. One query."""
    return {pk: ready[0] for pk, rows in pictures_of(ids).items() if (ready := [r for r in rows if r.picture.is_ready])}


def areas_of_authors(identity_ids: Collection[int]) -> set[int]:
    """In which areas something these people set out stands, with their names."""
    written = Entry.objects.filter(author_id__in=list(identity_ids), state=State.PUBLISHED)
    return set(EntryArea.objects.filter(entry__in=written).values_list("area_id", flat=True).distinct())


def areas_of_pictures(ids: Collection[int]) -> set[int]:
    """In which areas entries show one of these pictures, whoever may see them."""
    shown = EntryPicture.objects.filter(picture_id__in=list(ids), entry__isnull=False)
    return set(shown.values_list("entry__placements__area_id", flat=True).distinct()) - {None}


def sent_before(key: str, viewer: Actor) -> Entry | None:
    """What this form has written already, in the hands of the same person. `key` is `form_keys.form_key_of`'s."""
    sent = SentForm.objects.filter(key=key, entry__author_id=viewer.identity_id).select_related("entry").first()
    return sent.entry if sent else None


def sprouts_of(entry: Entry, viewer: Actor, *, now: datetime) -> list[Entry]:
    """What came of it, as far as the viewer may see that; oldest first. Three queries, one where there is nothing."""
    grown = Entry.objects.filter(seed__seed=entry).visible_to(viewer, now=now)
    return list(with_words(grown).order_by("seed__grown_at", "pk"))


def own_entries(viewer: Actor, *, states: Iterable[State]) -> EntryQuerySet:
    """What this person has written and is in one of these states, also what she has removed; newest first."""
    mine = Entry.objects.filter(author_id=viewer.identity_id or 0, state__in=list(states))
    return mine.order_by("-changed_at", "-pk")


def removed_entry(code: str, viewer: Actor) -> Entry | None:
    """A removed entry with how it was removed, for whoever wants to undo it: the policy decides whether she may."""
    found = Entry.objects.filter(code=code.lower(), state=State.REMOVED, removal__isnull=False)
    return with_words(found).select_related("removal").first() if viewer.is_member else None
