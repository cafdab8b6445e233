"""Opening a source: from a file or an address to everything an import needs. Reads the database, writes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

from dorfplatz.basemap.osm.asking import Progress
from dorfplatz.basemap.osm.faults import Unreadable
from dorfplatz.imports.actions import SourceFacts
from dorfplatz.imports.drafts import Draft, Rejected
from dorfplatz.imports.enums import SourceKind
from dorfplatz.imports.faults import SourceProblem
from dorfplatz.imports.gathering import Nearness, gather
from dorfplatz.imports.osm.drafting import draft_of
from dorfplatz.imports.osm.extract import read_extract
from dorfplatz.imports.queries import local_taxonomy
from dorfplatz.imports.table.drafting import Surroundings, drafts_of
from dorfplatz.imports.table.mapping import TableMapping
from dorfplatz.imports.table.reading import MOST_BYTES, read_table
from dorfplatz.kernel.net import Fetched, FetchFailed, FetchRefused, download
from dorfplatz.places.taxonomy import standard_taxonomy
from dorfplatz.villages.models import Area, Municipality

FETCH_SECONDS = 300
FETCH_BYTES = 512 * 1024 * 1024
NOT_MODIFIED = 304
LONGEST_MARK = 200
REFUSED = gettext_noop("This address is not called from here: it does not lead to a server on the public internet.")
FAILED = gettext_noop("The server cannot be reached, or does not answer as it should.")
NOTHING_THERE = gettext_noop("The server has no file at this address (it answered %(status)s).")


@dataclass(frozen=True)
class Opened:
    """All of a source, read and understood, with nothing written yet."""

    facts: SourceFacts
    drafts: list[Draft]
    rejected: list[Rejected]


@dataclass
class Marks:
    """By what a server knows again which state of a file somebody has: its own words, given back as they came."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: words for name, words in asked.items() if words}

    def note(self, answer: Fetched) -> None:
        """What cannot be given back whole, or could mean something else in a header, is not kept."""
        self.etag, self.modified = (
            words if len(words) <= LONGEST_MARK and words.isascii() and words.isprintable() else ""
            for words in (answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
        )


class Unchanged(Exception):
    """The server says that the file is as it was."""


@contextmanager
def file_at(address: str, marks: Marks | None = None) -> Iterator[Path]:
    """The file itself, or a copy of what a web address answers. Raises Problem when it cannot be had.

    With `marks` of the last time, Unchanged where the server has nothing newer; else they are then those of this time.
    """
    if urlsplit(address).scheme.lower() not in {"http", "https"}:
        yield Path(address)
        return
    with tempfile.NamedTemporaryFile(prefix="dorfplatz-import-") as copy:
        into = Path(copy.name)
        try:
            asked = marks.headers if marks else {}
            answer = download(address, into=into, timeout_s=FETCH_SECONDS, max_bytes=FETCH_BYTES, headers=asked)
        except FetchRefused as error:
            raise SourceProblem(REFUSED) from error
        except FetchFailed as error:
            raise SourceProblem(FAILED) from error
        if answer.status == NOT_MODIFIED and asked:
            raise Unchanged
        if answer.status != 200:
            raise SourceProblem(NOTHING_THERE, status=str(answer.status))
        if marks is not None:
            marks.note(answer)
        yield into


def open_source(
    kind: str,
    path: Path,
    *,
    address: str,
    municipality: Municipality,
    mapping: TableMapping,
    progress: Progress | None = None,
) -> Opened:
    """A source of that kind. Raises Problem with one sentence when the file cannot be read."""
    if kind == SourceKind.OSM:
        return open_osm(path, address=address, municipality=municipality, progress=progress)
    return open_csv(path, address=address, municipality=municipality, mapping=mapping)


def open_osm(path: Path, *, address: str, municipality: Municipality, progress: Progress | None = None) -> Opened:
    """An OpenStreetMap extract. Raises Problem with one sentence when the file cannot be read."""
    terms = local_taxonomy(municipality).terms
    try:
        extract = read_extract(path, terms.patterns, progress)
    except Unreadable as fault:
        raise SourceProblem(fault.text) from fault
    languages = _languages(municipality)
    drafts: list[Draft] = []
    rejected: list[Rejected] = []
    for thing in extract.things:
        said = draft_of(thing, terms, languages)
        if isinstance(said, Draft):
            drafts.append(said)
        elif said is not None:
            rejected.append(said)
    nearness = {term.slug: Nearness.of(term) for term in standard_taxonomy().terms}
    facts = SourceFacts(
        kind=SourceKind.OSM,
        label="OpenStreetMap",
        licence="ODbL 1.0",
        attribution="© OpenStreetMap",
        website="https://www.openstreetmap.org/copyright",
        address=_shown(address),
        data_at=extract.data_at,
    )
    return Opened(facts, gather(drafts, nearness), rejected)


def open_csv(path: Path, *, address: str, municipality: Municipality, mapping: TableMapping) -> Opened:
    """A table. Raises Problem with one sentence when the file cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceProblem(gettext_noop("The file cannot be opened. Is its name right?")) from error
    rows, rejected = read_table(data, mapping)
    drafts, unfit = drafts_of(rows, mapping.categories, _surroundings(municipality))
    facts = SourceFacts(
        kind=SourceKind.CSV,
        label=mapping.label or Path(urlsplit(address).path).stem[:120] or "CSV",
        licence=mapping.licence,
        attribution=mapping.attribution,
        website=mapping.website,
        address=_shown(address),
        data_at=mapping.data_at,
    )
    return Opened(facts, drafts, [*rejected, *unfit])


def _surroundings(municipality: Municipality) -> Surroundings:
    taxonomy = local_taxonomy(municipality)
    words = {name.casefold(): slug for slug, row in taxonomy.categories.items() for name in row.name.values()}
    standard = {name.casefold(): slug for slug, term in taxonomy.terms.by_slug.items() for name in term.names.values()}
    villages: dict[str, str] = {}
    for village in Area.objects.villages().within(municipality.path):
        villages |= {name.casefold(): village.slug for name in [village.slug, *village.name.values()]}
    slugs = {slug: slug for slug in taxonomy.categories}
    return Surroundings(taxonomy.terms.by_slug, {**standard, **words, **slugs}, villages, _languages(municipality))


def _languages(municipality: Municipality) -> list[str]:
    return [str(code) for code in municipality.languages] or ["de"]


def _shown(address: str) -> str:
    """The name of a local file without its folders, which are nobody's business; a web address as it is."""
    return address if "://" in address else Path(address).name
