"""From a table's rows to what the social map says. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from dorfplatz.imports.cleaning import clean_age, clean_line, clean_mail, clean_phone, clean_text, clean_url
from dorfplatz.imports.drafts import LONGEST_BODY, LONGEST_TITLE, Draft, Rejected
from dorfplatz.imports.table.reading import Row
from dorfplatz.kernel.geo import Point
from dorfplatz.places.enums import SPOKEN_LANGUAGES, Generation, OfferedBy, PlaceKind, StepFree
from dorfplatz.places.hours import read_hours
from dorfplatz.places.taxonomy import Term

_YES = frozenset({"ja", "yes", "j", "y", "x", "1", "true", "wahr", "waar", "vrij", "frei", "kostenlos", "gratis"})
_NO = frozenset({"nein", "nee", "no", "n", "0", "false", "falsch", "onwaar"})
_PARTLY = frozenset({"teilweise", "deels", "gedeeltelijk", "limited", "bedingt", "beperkt"})
_LANGUAGES = {
    "deutsch": "de", "duits": "de", "german": "de", "niederländisch": "nl", "nederlands": "nl", "dutch": "nl",
    "holländisch": "nl", "englisch": "en", "engels": "en", "english": "en", "polnisch": "pl", "pools": "pl",
    "türkisch": "tr", "turks": "tr", "arabisch": "ar", "ukrainisch": "uk", "oekraïens": "uk", "französisch": "fr",
    "frans": "fr", "russisch": "ru",
}  # fmt: skip


class _Unfit(Exception):
    """Why a row cannot become an entry: the untranslated sentence, and what stands in its gaps."""

    def __init__(self, text: str, **values: str) -> None:
        super().__init__(text)
        self.text, self.values = text, values


@dataclass(frozen=True)
class Surroundings:
    """What rows are understood by: categories and villages by any word for them, and the languages here."""

    terms: Mapping[str, Term]
    category_words: Mapping[str, str]
    village_words: Mapping[str, str]
    languages: Sequence[str]


def drafts_of(
    rows: Sequence[Row], given: Mapping[str, str], around: Surroundings
) -> tuple[list[Draft], list[Rejected]]:
    """A draft for each row that can become an entry; `given` are the mapping's own words for categories."""
    drafts: dict[str, Draft] = {}
    rejected: list[Rejected] = []
    for row in rows:
        try:
            draft = _draft(row.cells, given, around)
            if draft.key in drafts:
                raise _Unfit(_("There is the same one in the table already."))
            drafts[draft.key] = draft
        except _Unfit as unfit:
            rejected.append(Rejected(str(row.line), unfit.text, unfit.values))
    return list(drafts.values()), rejected


def _draft(cells: Mapping[str, str], given: Mapping[str, str], around: Surroundings) -> Draft:
    home = around.languages[0]
    names = _in_languages(cells, "name", around.languages, LONGEST_TITLE)
    bodies = _in_languages(cells, "description", around.languages, LONGEST_BODY)
    if home not in names:
        raise _Unfit(_("It has no name."))
    slugs = _categories(cells.get("category", ""), given, around)
    lead = around.terms[slugs[0]]
    point, village = _where(cells, around)
    read = read_hours(clean_line(cells.get("opening_hours", ""), 1_000))
    ages = [clean_age(cells.get(name, "")) for name in ("minimum_age", "maximum_age")]
    if None not in ages and ages[0] > ages[1]:  # type: ignore[operator]  # both are there
        ages = [None, None]
    return Draft(
        key=_key(cells, names[home]),
        kind=_one_of(cells.get("kind", ""), PlaceKind.values) or lead.kind,
        title=names[home],
        language=home,
        categories=tuple(slugs),
        point=point,
        body=bodies.get(home, ""),
        texts=_texts(names, bodies, around.languages),
        village=village,
        offered_by=_one_of(cells.get("offered_by", ""), OfferedBy.values) or lead.offered_by,
        is_free=_truth(cells.get("free", "")),
        step_free=_step_free(cells.get("step_free", "")),
        generations=sum(Generation[name.upper()] for name in lead.generations),
        minimum_age=ages[0],
        maximum_age=ages[1],
        spoken_languages=_languages(cells.get("languages", "")),
        opening_hours=read.hours,
        hours_note={home: clean_line(read.note, 300)} if read.note else {},
        **_contact(cells),
    )


def _in_languages(cells: Mapping[str, str], name: str, languages: Sequence[str], longest: int) -> dict[str, str]:
    clean = clean_line if name == "name" else clean_text
    found = {code: clean(cells.get(f"{name}:{code}", ""), longest) for code in languages}
    home = languages[0]
    found[home] = clean(cells.get(name, ""), longest) or found[home]
    if not found[home] and any(found.values()):
        found[home] = next(text for text in found.values() if text)
    return {code: text for code, text in found.items() if text}


def _texts(names: Mapping[str, str], bodies: Mapping[str, str], languages: Sequence[str]) -> dict[str, tuple[str, str]]:
    home = languages[0]
    return {
        code: (names.get(code, names[home]), bodies.get(code, bodies.get(home, "")))
        for code in languages[1:]
        if code in names or code in bodies
    }


def _categories(text: str, given: Mapping[str, str], around: Surroundings) -> list[str]:
    whole = clean_line(text, 300)
    if not whole:
        raise _Unfit(_("It has no category."))
    for words in ([whole], [word.strip() for word in re.split(r"[,;|/]", whole) if word.strip()]):
        slugs = [given.get(word.casefold()) or around.category_words.get(word.casefold(), "") for word in words]
        if slugs and all(slug in around.terms for slug in slugs):
            return list(dict.fromkeys(slugs))
    raise _Unfit(_("“%(word)s” is no category known here."), word=whole[:80])


def _where(cells: Mapping[str, str], around: Surroundings) -> tuple[Point | None, str]:
    point = _point(cells.get("lat", ""), cells.get("lon", ""))
    named = clean_line(cells.get("village", ""), 80)
    village = around.village_words.get((named or clean_line(cells.get("town", ""), 80)).casefold(), "")
    if named and not village and point is None:
        raise _Unfit(_("“%(word)s” is no village known here."), word=named)
    return point, village if named or point is None else ""


def _point(lat: str, lon: str) -> Point | None:
    if not lat and not lon:
        return None
    try:
        return Point(round(float(lat.replace(",", ".")), 7), round(float(lon.replace(",", ".")), 7))
    except ValueError as error:
        raise _Unfit(_("Its coordinates are no place on earth.")) from error


def _key(cells: Mapping[str, str], name: str) -> str:
    given = clean_line(cells.get("key", ""), 190)
    if given:
        return given
    address = [clean_line(cells.get(part, ""), 60) for part in ("street", "housenumber", "postcode", "town", "village")]
    return "|".join([name, *address]).casefold()[:200]


def _truth(text: str) -> bool | None:
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def _step_free(text: str) -> str:
    if text.strip().casefold() in _PARTLY:
        return StepFree.LIMITED.value
    return {True: StepFree.YES, False: StepFree.NO, None: StepFree.UNKNOWN}[_truth(text)].value


def _languages(text: str) -> tuple[str, ...]:
    words = re.split(r"[\s,;/|+&]+", text[:300].casefold())
    codes = {_LANGUAGES.get(word, word) for word in words}
    return tuple(code for code in SPOKEN_LANGUAGES if code in codes)


def _one_of(text: str, values: Sequence[Any]) -> str:
    word = text.strip().casefold()
    return word if word in values else ""


def _contact(cells: Mapping[str, str]) -> dict[str, Any]:
    street = clean_line(cells.get("street", ""), 100)
    number = clean_line(cells.get("housenumber", ""), 15)
    return {
        "phone": clean_phone(cells.get("phone", "")),
        "email": clean_mail(cells.get("email", "")),
        "website": clean_url(cells.get("website", "")),
        "street": f"{street} {number}".strip() if street else "",
        "postcode": clean_line(cells.get("postcode", ""), 12),
        "town": clean_line(cells.get("town", ""), 80),
    }
