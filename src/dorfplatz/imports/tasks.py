"""What the worker does with files that were handed in."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dorfplatz.imports import uploads
from dorfplatz.imports.actions import close_reading, import_things
from dorfplatz.imports.models import Reading
from dorfplatz.imports.sources import open_source
from dorfplatz.imports.table.mapping import TableMapping, read_mapping
from dorfplatz.jobs.job import Conduct, job
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.verdict import Problem


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
