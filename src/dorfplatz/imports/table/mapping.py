"""Which column of a table means what: given in a mapping file, else recognised by the words of its header.

A mapping file is TOML; every part of it may be left out:

    label = "Clubs"                    # what the source is called; default: the name of the file
    licence = "CC0-1.0"
    attribution = "Gemeinde Kranenburg"
    website = "https://…"
    data_on = 2026-11-03               # when the data were taken
    delimiter = ";"                    # else the most frequent of ; , tab |
    encoding = "cp1252"                # else UTF-8 (or UTF-16), and where it is none, Windows-1252

    [columns]                          # field = column, by the words of its header
    name = "Verein"
    "name:nl" = "Vereniging"
    key = "Nr"                         # what identifies the row for ever; default: name and address

    [constants]                        # field = value for every row that has none of its own
    category = "sports-club"

    [categories]                       # word in the category column = slug of the category
    "Fußball & Turnen" = "sports-club"
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from dorfplatz.imports.cleaning import clean_line, clean_url
from dorfplatz.imports.faults import SourceProblem

# Fields, and the words by which a header names them. Those with a language take “name:nl” and the like as well.
WORDS: Mapping[str, tuple[str, ...]] = {
    "key": ("id", "nr", "nummer", "number", "schlüssel", "sleutel", "key", "kennung"),
    "name": ("name", "naam", "bezeichnung", "titel", "title", "verein", "vereniging", "organisation", "organisatie",
             "einrichtung", "instelling", "firma", "bedrijf"),
    "category": ("kategorie", "categorie", "category", "rubrik", "rubriek", "art", "soort", "typ", "type", "thema"),
    "description": ("beschreibung", "beschrijving", "omschrijving", "description", "text", "tekst", "angebot",
                    "aanbod", "info", "information", "informatie"),
    "lat": ("lat", "latitude", "breite", "breitengrad", "breedtegraad", "y"),
    "lon": ("lon", "lng", "long", "longitude", "länge", "längengrad", "lengtegraad", "x"),
    "village": ("dorf", "dorp", "ortsteil", "village", "kern", "ortschaft", "wijk", "stadtteil"),
    "street": ("straße", "strasse", "straat", "street", "adresse", "adres", "address", "anschrift"),
    "housenumber": ("hausnummer", "huisnummer", "hausnr", "hnr", "housenumber"),
    "postcode": ("plz", "postleitzahl", "postcode", "zip"),
    "town": ("ort", "plaats", "stadt", "stad", "town", "city", "woonplaats", "wohnort"),
    "phone": ("telefon", "telefoon", "phone", "tel", "telefonnummer", "telefoonnummer", "mobil", "mobiel", "handy"),
    "email": ("e-mail", "email", "mail", "e-mail-adresse", "emailadres", "e-mailadres"),
    "website": ("webseite", "website", "internet", "homepage", "url", "web", "internetseite"),
    "opening_hours": ("öffnungszeiten", "openingstijden", "opening hours", "opening_hours", "zeiten", "tijden",
                      "sprechzeiten"),
    "free": ("kostenlos", "kostenfrei", "gratis", "free", "kosteloos"),
    "step_free": ("barrierefrei", "stufenlos", "rollstuhlgerecht", "drempelvrij", "rolstoeltoegankelijk",
                  "toegankelijk", "step free", "wheelchair"),
    "languages": ("sprachen", "talen", "languages", "sprache", "taal"),
    "offered_by": ("anbieter", "aanbieder", "offered by", "träger"),
    "minimum_age": ("ab alter", "mindestalter", "vanaf leeftijd", "minimum age", "min_age"),
    "maximum_age": ("bis alter", "höchstalter", "tot leeftijd", "maximum age", "max_age"),
    "kind": ("kind", "hsds"),
}  # fmt: skip
IN_LANGUAGES = ("name", "description")


@dataclass(frozen=True)
class TableMapping:
    """How to read one table. `columns` is field to header; fields in a language are like “name:nl”."""

    label: str = ""
    licence: str = ""
    attribution: str = ""
    website: str = ""
    data_at: datetime | None = None
    delimiter: str = ""
    encoding: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)


def read_mapping(path: Path) -> TableMapping:
    """The mapping of a file. Raises Problem with one sentence for what cannot be used."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SourceProblem(_("The mapping file cannot be opened. Is its name right?")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceProblem(_("The mapping file is not TOML: %(fault)s"), fault=str(error)[:200]) from error
    mapping = TableMapping(
        label=clean_line(data.get("label", ""), 120),
        licence=clean_line(data.get("licence", ""), 120),
        attribution=clean_line(data.get("attribution", ""), 200),
        website=clean_url(data.get("website", "")),
        data_at=_moment(data.get("data_on")),
        delimiter=str(data.get("delimiter", "")),
        encoding=str(data.get("encoding", "")),
        columns=_words(data, "columns"),
        constants=_words(data, "constants"),
        categories={word.casefold(): slug for word, slug in _words(data, "categories").items()},
    )
    _check(mapping)
    return mapping


def recognised(header: Sequence[str], mapping: TableMapping) -> dict[str, int]:
    """Field to the number of its column. Raises Problem where a named column is not there, or no name at all."""
    places = {_folded(title): number for number, title in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for name, title in mapping.columns.items():
        if _folded(title) not in places:
            raise SourceProblem(_("The table has no column “%(column)s”."), column=clean_line(title, 60))
        found[name] = places[_folded(title)]
    for name, words in WORDS.items():
        for title, number in places.items():
            word, _colon, language = title.partition(":")
            known = name if not language else f"{name}:{language}" if name in IN_LANGUAGES else ""
            if known and word.strip() in words and number not in found.values():
                found.setdefault(known, number)
    if not any(name == "name" or name.startswith("name:") for name in [*found, *mapping.constants]):
        raise SourceProblem(_("The table has no column that looks like a name. Please name it in a mapping file."))
    return found


def _check(mapping: TableMapping) -> None:
    known = {f"{name}:{code}" for name in IN_LANGUAGES for code in ("de", "nl", "en")} | set(WORDS)
    unknown = sorted((set(mapping.columns) | set(mapping.constants)) - known)
    if unknown:
        raise SourceProblem(_("The mapping names a field that does not exist: %(field)s"), field=unknown[0][:60])
    if len(mapping.delimiter) > 1:
        raise SourceProblem(_("The delimiter must be a single character."))
    try:
        codecs.lookup(mapping.encoding or "utf-8")
    except LookupError as error:
        raise SourceProblem(_("There is no encoding of that name.")) from error


def _words(data: Mapping[str, Any], part: str) -> dict[str, str]:
    found = data.get(part, {})
    if not isinstance(found, dict) or not all(isinstance(value, str | int | float) for value in found.values()):
        raise SourceProblem(_("[%(part)s] of the mapping must be a list of name = value."), part=part)
    return {str(key): str(value) for key, value in found.items()}


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), UTC) if isinstance(value, date) else None


def _folded(title: str) -> str:
    return clean_line(title, 200).casefold()
