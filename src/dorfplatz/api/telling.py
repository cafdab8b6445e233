"""Entries of the social map as our own interface tells them, as JSON and as rows of a table. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from dorfplatz.api.queries import Record
from dorfplatz.api.sources import Source, source_of
from dorfplatz.kernel.text import in_language, plain
from dorfplatz.places.enums import Generation
from dorfplatz.places.hours import is_open, read_hours
from dorfplatz.places.hours_words import hours_in_words
from dorfplatz.places.queries import Terms
from dorfplatz.villages.models import Area

BOM = "\ufeff"  # without it, spreadsheet programs take UTF-8 for something else
SEPARATORS = {"comma": ",", "semicolon": ";"}
# What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asian keyboards.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Speaker:
    """What all entries of one answer share. `regions` says by area whose public holidays count there."""

    terms: Terms
    language: str
    square: Source
    base: str
    local: datetime
    regions: Mapping[int, str]
    country: str

    def entry(self, record: Record) -> dict[str, Any]:
        """All that everybody may know of an entry. What nobody knows is null or empty; every name is always there."""
        facts, words = record.facts, record.words
        hours = read_hours(facts.opening_hours).hours
        return {
            "code": record.code,
            "kind": record.kind,
            "title": words.title,
            "text": words.body,
            "language": words.language,
            "original_language": words.original_language,
            "categories": [self.category(pk) for pk in record.category_ids if pk in self.terms.by_id],
            "villages": [self.village(area) for area in record.areas],
            "serves": [self.village(area) for area in record.service_area],
            "lat": record.lat,
            "lon": record.lon,
            "street": facts.street,
            "postcode": facts.postcode,
            "town": facts.town,
            "phone": facts.phone,
            "email": facts.email,
            "website": facts.website,
            "opening_hours": facts.opening_hours,
            "opening_hours_words": hours_in_words(hours, self.language) if hours else "",
            "opening_hours_note": in_language(facts.hours_note, self.language),
            "open": self._is_open(record),
            "free": facts.is_free,
            "cost": in_language(facts.cost_note, self.language),
            "step_free": facts.step_free,
            "access": in_language(facts.access_note, self.language),
            "generations": [g.name.lower() for g in Generation if facts.generations & g],
            "minimum_age": facts.minimum_age,
            "maximum_age": facts.maximum_age,
            "languages": list(facts.spoken_languages),
            "offered_by": facts.offered_by,
            "how_to_apply": in_language(record.how_to_apply, self.language),
            "status": facts.status,
            "missing_in_source": record.is_missing,
            "alert": in_language(facts.alert, self.language),
            "confirmed_on": record.assured_on.isoformat() if record.assured_on else None,
            "changed_at": record.changed_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "url": self.base + reverse("entries:entry", kwargs={"code": record.code, "words": record.title_words}),
            "source": source_of(record.origin, self.square).key,
            "original": record.uri,
        }

    def category(self, pk: int) -> dict[str, str]:
        term = self.terms.by_id[pk]
        return {"slug": term.slug, "name": in_language(term.name, self.language)}

    def village(self, area: Area) -> dict[str, str]:
        return {"slug": area.slug, "name": in_language(area.name, self.language)}

    def _is_open(self, record: Record) -> bool | None:
        region = next((self.regions[area.pk] for area in record.areas if area.pk in self.regions), self.country)
        return is_open(record.facts.opening_hours, self.local, region) if record.facts.opening_hours else None

    def row(self, record: Record) -> dict[str, Any]:
        """An entry as a line of a table: lists with a comma between, and its licence beside it."""
        said, source = self.entry(record), source_of(record.origin, self.square)
        names = {
            name: ", ".join(thing["name"] for thing in said[name]) for name in ("categories", "villages", "serves")
        }
        lists = {name: ", ".join(said[name]) for name in ("generations", "languages")}
        return {
            **said,
            **names,
            **lists,
            "text": plain(said["text"]),
            "source": source.name,
            "licence": source.licence.name,
            "licence_url": source.licence.url,
        }


COLUMNS = (
    "code", "kind", "title", "text", "language", "categories", "villages", "serves", "street", "postcode", "town",
    "lat", "lon", "phone", "email", "website", "opening_hours", "opening_hours_words", "opening_hours_note", "free",
    "cost", "step_free", "access", "generations", "minimum_age", "maximum_age", "languages", "offered_by",
    "how_to_apply", "status", "alert", "confirmed_on", "changed_at", "url", "source", "licence", "licence_url",
    "original",
)  # fmt: skip


def table(rows: Iterable[Mapping[str, Any]], *, separator: str) -> bytes:
    """A CSV file (RFC 4180) in UTF-8 that spreadsheet programs open as it is."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(row[name]) for name in COLUMNS] for row in rows)
    return (BOM + file.getvalue()).encode("utf-8", "replace")


def cell(value: Any) -> str:
    """A value that no spreadsheet runs: text that would begin a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) or text.startswith(FORMULA) else text
