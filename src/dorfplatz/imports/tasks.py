"""What the worker does with files that were handed in."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dorfplatz.imports import uploads
from dorfplatz.imports.actions import close_reading, import_things
from dorfplatz.imports.enums import SourceKind
from dorfplatz.imports.models import Reading, Source
from dorfplatz.imports.queries import due_sources
from dorfplatz.imports.sources import open_source
from dorfplatz.imports.subscriptions import note_failure, read_handed_in, read_source
from dorfplatz.imports.table.mapping import TableMapping, read_mapping
from dorfplatz.jobs.job import Conduct, job
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.verdict import Problem

AT_A_TIME = 50


@job(Conduct(_("Reading calendars and news of clubs"), outside=True, attempts=2))
def read_calendars() -> None:
    """Each by itself: one that cannot be had keeps no other waiting, and is tried again later and later."""
    for source in due_sources(timezone.now())[:AT_A_TIME]:
        _read_again(source)


@job(Conduct(_("Reading a calendar or news of a club"), outside=True, attempts=2))
def read_subscription(source_id: int) -> None:
    """One that somebody has just named, or wants to be read now."""
    source = Source.objects.select_related("municipality__area", "area").filter(pk=source_id, ended_at=None).first()
    if source is not None:
        _read_again(source)


def _read_again(source: Source) -> None:
    with override(source.municipality.default_language):
        try:
            read_source(source, by=system(f"import:{source.kind}"), now=timezone.now())
        except Problem as problem:
            note_failure(source, problem=problem, now=timezone.now())


@job(Conduct(_("Reading an imported file"), outside=True, attempts=3))
def read_upload(reading_id: int) -> None:
    """Read the file and take it in; run again after a crash it begins anew, as nothing was done by halves."""
    reading = Reading.objects.select_related("municipality__area").filter(pk=reading_id, ended_at=None).first()
    if reading is not None:
        with override(reading.municipality.default_language):
            _read(reading)
    uploads.forget(reading_id)


def _read(reading: Reading) -> None:
    by, municipality = system(f"import:{reading.kind}"), reading.municipality
    if reading.kind == SourceKind.ICS:
        _read_calendar(reading, by)
        return
    given = uploads.mapping_path(reading.pk)
    try:
        mapping = read_mapping(given) if given.exists() else TableMapping()
        path = uploads.source_path(reading.pk)
        opened = open_source(reading.kind, path, address=reading.address, municipality=municipality, mapping=mapping)
        with transaction.atomic():
            outcome = import_things(
                municipality,
                source=opened.facts,
                drafts=opened.drafts,
                rejected=opened.rejected,
                by=by,
                now=timezone.now(),
            )
            close_reading(reading, outcome=outcome, label=opened.facts.label, by=by, now=timezone.now())
    except Problem as problem:
        close_reading(reading, problem=problem, by=by, now=timezone.now())


def _read_calendar(reading: Reading, by: Actor) -> None:
    """Its dates are set out in the whole municipality; a file of the same name is the same calendar again."""
    path = uploads.source_path(reading.pk)
    try:
        with transaction.atomic():
            outcome, label = read_handed_in(reading.municipality, path, name=reading.address, by=by, now=timezone.now())
            close_reading(reading, outcome=outcome, label=label, by=by, now=timezone.now())
    except Problem as problem:
        close_reading(reading, problem=problem, by=by, now=timezone.now())
