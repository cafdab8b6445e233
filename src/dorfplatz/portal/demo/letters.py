"""Letters among the demonstration's people and to what they keep, so that everybody who logs in has some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.letters.actions import answer_letter, read_thread, write_letter, write_to_desk
from dorfplatz.letters.enclosing import put_away
from dorfplatz.letters.models import Letter
from dorfplatz.letters.policies import can_begin_at
from dorfplatz.letters.taking import Inside
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.portal.demo.reading import check_names, read_toml, rows_of

DESK = "place"


@dataclass(frozen=True)
class Row:
    """One letter: to a person, to a place of the map (“niel/choir”), or, with `to` empty, in the same thread."""

    thread: str
    by: str
    hours: int
    text: str
    to: str = ""
    document: str = ""


FILE = "letters.toml"
FIELDS = frozenset({"thread", "by", "to", "hours", "text", "document"})
# Who has looked up to when, in hours ago: what came later is new.
READ = (("key", "anna", 60), ("key", "ben", 60), ("choir", "anna", 46), ("choir", "carla", 45), ("hall", "dirk", 27))


def read_letters() -> list[Row]:
    """The rows of the file. Raises FaultyData."""
    return [_row(said) for said in rows_of(read_toml(FILE), "letter", FILE)]


def _row(said: Mapping[str, object]) -> Row:
    check_names(said, FIELDS, f"{FILE}, “{said.get('text', '?')}”")
    words = {name: str(said.get(name, "")) for name in ("thread", "by", "to", "text", "document")}
    return Row(hours=int(str(said["hours"])), **words)


@transaction.atomic
def put_letters(people: Mapping[str, Identity], *, now: datetime) -> int:
    """Have the letters in place; returns how many were missing. Whose writer or place is not there is left out."""
    first: dict[str, Letter] = {}
    added = 0
    for number, row in enumerate(read_letters()):
        key = f"demo:letter:{number}"
        known = Letter.objects.filter(form_key=key).select_related("thread").first()
        letter = known or _write(row, key, people, first.get(row.thread), now)
        if letter is not None:
            first.setdefault(row.thread, letter)
            added += known is None
    if added:
        for thread, reader, hours in READ:
            if thread in first and reader in people:
                by = actor_of_identity(people[reader])
                read_thread(first[thread].thread, by=by, now=now - timedelta(hours=hours))
    return added


def _write(row: Row, key: str, people: Mapping[str, Identity], first: Letter | None, now: datetime) -> Letter | None:
    if row.by not in people:
        return None
    by, then = actor_of_identity(people[row.by]), now - timedelta(hours=row.hours)
    if first is not None and not row.to:
        inside = [_document(row.document)] if row.document else []
        return answer_letter(first.thread, text=row.text, form_key=key, inside=inside, by=by, now=then)
    if row.to in people:
        return write_letter(people[row.to], text=row.text, form_key=key, by=by, now=then)
    return _to_place(row, key, by, then)


def _to_place(row: Row, key: str, by: Actor, then: datetime) -> Letter | None:
    entry = Entry.objects.filter(uri=f"demo:{row.to}").first() if row.to else None
    if entry is None or not can_begin_at(by, DESK, entry.pk):
        return None
    return write_to_desk(DESK, desk_id=entry.pk, text=row.text, form_key=key, by=by, now=then)


def _document(title: str) -> Inside:
    """A page of paper with its title on it, as small as a PDF can be."""
    words = f"BT /F1 28 Tf 72 740 Td ({title}) Tj ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(words)}>>stream\n{words}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    page, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(page))
        page += f"{number} 0 obj{one}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    page += f"{head}startxref\n{len(page)}\n%%EOF\n"
    return Inside(document=put_away(ContentFile(page.encode("latin-1")), f"{title}.pdf"))
