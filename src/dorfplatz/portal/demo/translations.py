"""What the demonstration's people have put into the other language, entered as corrections are; and words of the place.

`helpers` and other posts without one are left as they were written: so there is a first thing to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dorfplatz.entries.models import Entry, EntryText
from dorfplatz.entries.translating import improve_text
from dorfplatz.kernel.actor import Actor
from dorfplatz.languages.actions import WordDraft, add_local_word
from dorfplatz.languages.enums import Treatment
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.portal.demo.reading import check_names, read_toml, rows_of
from dorfplatz.villages.models import Municipality

FILE = "translations.toml"
OTHER = {"de": "nl", "nl": "de"}
OF_POST = frozenset({"key", "by", "lang", "title", "text"})
OF_WORD = frozenset({"word", "lang", "treatment", "says"})


def put_translations(*, now: datetime) -> int:
    """Say in the other language what is there and was not said yet; returns how many."""
    rows = _rows("post", OF_POST)
    entries = {entry.uri: entry for entry in Entry.objects.filter(uri__in={_uri(row) for row in rows})}
    said = set(EntryText.objects.filter(made_with="").values_list("entry__uri", "language"))
    found = [(entries[_uri(row)], row) for row in rows if _uri(row) in entries]
    missing = [(entry, row) for entry, row in found if (entry.uri, _language(entry, row)) not in said]
    people = Identity.objects.filter(name__in={row["by"] for _entry, row in missing}) if missing else ()
    by_name = {person.name: actor_of_identity(person) for person in people}
    for entry, row in missing:
        texts = {"title": str(row["title"]), "body": str(row["text"]).strip()}
        improve_text(entry, _language(entry, row), **texts, by=by_name[str(row["by"])], now=now)
    return len(missing)


def _uri(row: Mapping[str, Any]) -> str:
    return f"demo:post/{row['key']}"


def _language(entry: Entry, row: Mapping[str, Any]) -> str:
    return str(row.get("lang") or OTHER[entry.language])


def put_local_words(municipality: Municipality, *, by: Actor, now: datetime) -> int:
    """The words of the place, once; what admins made of them stays so."""
    if municipality.local_words.exists():
        return 0
    rows = _rows("word", OF_WORD)
    for row in rows:
        draft = WordDraft(row["word"], row["lang"], Treatment(row["treatment"]), row.get("says", {}))
        add_local_word(municipality, draft=draft, by=by, now=now)
    return len(rows)


def _rows(name: str, known: frozenset[str]) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for row in rows_of(read_toml(FILE), name, FILE):
        check_names(row, known, FILE)
        rows.append(row)
    return rows
