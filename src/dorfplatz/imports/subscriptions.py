"""Calendars and feeds of clubs, as sources that are read again and again."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.imports.actions.dates import import_dates
from dorfplatz.imports.actions.news import import_news
from dorfplatz.imports.calendar.reading import read_calendar_file
from dorfplatz.imports.enums import SourceKind
from dorfplatz.imports.faults import SourceProblem
from dorfplatz.imports.feed.reading import read_feed_file
from dorfplatz.imports.models import Source
from dorfplatz.imports.outcome import Outcome
from dorfplatz.imports.sources import Marks, Unchanged, file_at
from dorfplatz.imports.target import Target
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.models import Listing
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import site_of

AGAIN_AFTER = timedelta(hours=6)
LONGEST_WAIT = timedelta(days=7)


def is_address(address: str) -> bool:
    return urlsplit(address).scheme.lower() in {"http", "https"}


def source_at(
    municipality: Municipality, *, kind: str, address: str, village: str | None, organiser: str | None, now: datetime
) -> Source:
    """The source of that address, as it was or new; what is said of village and organiser counts. Raises Problem."""
    row = Source.objects.filter(municipality=municipality, kind=kind, address=address[:500]).first()
    source = row or Source(municipality=municipality, kind=kind, address=address[:500], read_at=now)
    source.label = source.label or address[-120:]
    if village:
        source.area = site_of(municipality).by_slug.get(village)
        if source.area is None:
            raise Problem(_("There is no village “%(slug)s” here.") % {"slug": village})
    if organiser:
        source.organiser = Listing.objects.filter(entry__code=organiser.lower()).first()
        if source.organiser is None:
            raise Problem(_("There is no entry “%(code)s” here.") % {"code": organiser})
    source.save()
    return source


def read_source(source: Source, *, by: Actor, now: datetime, is_trial: bool = False) -> Outcome:
    """Read it now. A file that is as it was is not looked at again, and where its server knows that, not sent.

    Raises Problem when it cannot be had or read.
    """
    marks = Marks() if is_trial else Marks(source.etag, source.modified)
    try:
        with file_at(source.address, marks) as path:
            print_now = _fingerprint(path)
            if print_now == source.fingerprint and not is_trial:
                return _as_it_was(source, marks, now)
            with transaction.atomic():
                outcome = _take_in(source, path, by=by, now=now)
                source.fingerprint, source.etag, source.modified = print_now, marks.etag, marks.modified
                note_read(source, outcome=outcome, now=now)
                transaction.set_rollback(is_trial)
    except Unchanged:
        return _as_it_was(source, marks, now)
    return outcome


def _as_it_was(source: Source, marks: Marks, now: datetime) -> Outcome:
    source.etag, source.modified = marks.etag, marks.modified
    note_read(source, outcome=None, now=now)
    return Outcome(unchanged=source.dates.count() + source.news.count())


def read_handed_in(
    municipality: Municipality, path: Path, *, name: str, by: Actor, now: datetime
) -> tuple[Outcome, str]:
    """A calendar that lies in a file: what came of it, and by what label its source goes."""
    source = source_at(municipality, kind=SourceKind.ICS, address=name, village=None, organiser=None, now=now)
    outcome = _take_in(source, path, by=by, now=now)
    note_read(source, outcome=outcome, now=now)
    return outcome, source.label


def _take_in(source: Source, path: Path, *, by: Actor, now: datetime) -> Outcome:
    target = Target(source.area or source.municipality.area, source.organiser_id, _language(source))
    if source.kind == SourceKind.FEED:
        return import_news(source, found=read_feed_file(path), target=target, by=by, now=now)
    found = read_calendar_file(path, source.municipality.timezone)
    return import_dates(source, found=found, target=target, by=by, now=now)


def _fingerprint(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Problem(str(error.strerror)) from error


def _language(source: Source) -> str:
    country = source.area.country if source.area else ""
    return "nl" if country == "NL" else source.municipality.default_language


def note_read(source: Source, *, outcome: Outcome | None, now: datetime) -> None:
    """When it is read again: only what has an address of its own. Without an outcome the last one stands."""
    source.read_at, source.failures, source.fault, source.fault_values = now, 0, "", {}
    source.due_at = now + AGAIN_AFTER if is_address(source.address) and source.ended_at is None else None
    if outcome is not None:
        source.counts = outcome.counts
    source.save()


def note_failure(source: Source, *, problem: Problem, now: datetime) -> None:
    """Each time it cannot be had, the next try comes later."""
    source.failures = min(source.failures + 1, 30)
    source.due_at = now + min(AGAIN_AFTER * 2 ** min(source.failures, 10), LONGEST_WAIT)
    source.fault, source.fault_values = str(problem)[:300], {}
    if isinstance(problem, SourceProblem):
        source.fault, source.fault_values = problem.text, problem.values
    source.save(update_fields=["failures", "due_at", "fault", "fault_values"])
