# ruff: noqa: N999  a command is called as its module is
"""`dorfplatz import osm|csv|ics|feed FILE_OR_URL --municipality SLUG`: fill a municipality from a source, again."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from dorfplatz.imports.actions import close_reading, import_things, open_reading
from dorfplatz.imports.enums import SUBSCRIBED, SourceKind
from dorfplatz.imports.outcome import Outcome
from dorfplatz.imports.sources import Opened, file_at, open_source
from dorfplatz.imports.subscriptions import read_source, source_at
from dorfplatz.imports.table.mapping import TableMapping, read_mapping
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.models import Municipality


class Command(BaseCommand):
    help = "Fill a municipality from an OpenStreetMap extract, a table, a calendar or a feed. Again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=SourceKind.values, help="what the file is")
        parser.add_argument(
            "address", metavar="FILE_OR_URL", help="an .osm.pbf, .osm, .osm.gz, .csv, .ics, RSS or Atom"
        )
        parser.add_argument("--municipality", required=True, metavar="SLUG")
        parser.add_argument("--mapping", type=Path, metavar="FILE", help="TOML: which column of a table is what")
        parser.add_argument("--village", metavar="SLUG", help="where dates and news are set out")
        parser.add_argument("--organiser", metavar="CODE", help="the entry of the club whose calendar it is")
        parser.add_argument("--dry-run", action="store_true", help="say what would come of it, change nothing")
        parser.add_argument("--report", type=Path, metavar="FILE", help="counts and rejected records as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        report: Path | None = options["report"]
        try:
            outcome = self._run(options)
        except Problem as problem:
            self.stderr.write(str(problem))
            if report:
                _write_report(report, {"error": str(problem)})
            raise SystemExit(2) from problem
        if report and not _write_report(report, outcome.report()):
            self.stderr.write(_("The report cannot be written there."))
        self.stdout.write(_summary(outcome))
        if options["dry_run"]:
            self.stdout.write(_("This was a trial: nothing has been changed."))

    def _run(self, options: dict[str, Any]) -> Outcome:
        municipality = _municipality(options["municipality"])
        if options["kind"] in SUBSCRIBED:
            return _take_in_what_a_club_says(municipality, options)
        mapping = read_mapping(options["mapping"]) if options["mapping"] else TableMapping()
        with _bar() as bar:
            opened = _open(options["kind"], options["address"], municipality, mapping, bar)
            return _take_in(municipality, opened, bar, is_trial=options["dry_run"])


def _municipality(slug: str) -> Municipality:
    found = Municipality.objects.filter(area__slug=slug, is_served=True).select_related("area").first()
    if found is None:
        raise Problem(_("There is no municipality “%(slug)s” here.") % {"slug": slug})
    return found


def _open(kind: str, address: str, municipality: Municipality, mapping: TableMapping, bar: Progress) -> Opened:
    task = bar.add_task(_("Reading"), total=None)

    def looked_at(seen: int, share: float | None) -> None:
        bar.update(task, completed=seen, total=round(seen / share) if share else None)

    with file_at(address) as path:
        opened = open_source(
            kind, path, address=address, municipality=municipality, mapping=mapping, progress=looked_at
        )
    found = len(opened.drafts)
    bar.update(task, completed=found, total=found)
    return opened


def _take_in(municipality: Municipality, opened: Opened, bar: Progress, *, is_trial: bool) -> Outcome:
    """All in one transaction, which a trial gives up at its end."""
    by, now = system(f"import:{opened.facts.kind}"), timezone.now()
    task: TaskID = bar.add_task(_("Adding"), total=len(opened.drafts))
    with transaction.atomic():
        reading = open_reading(municipality, kind=opened.facts.kind, address=opened.facts.address, by=by, now=now)
        outcome = import_things(
            municipality,
            source=opened.facts,
            drafts=opened.drafts,
            rejected=opened.rejected,
            by=by,
            now=now,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
        close_reading(reading, outcome=outcome, label=opened.facts.label, by=by, now=timezone.now())
        transaction.set_rollback(is_trial)
    bar.update(task, completed=len(opened.drafts), total=len(opened.drafts))
    return outcome


def _take_in_what_a_club_says(municipality: Municipality, options: dict[str, Any]) -> Outcome:
    """A calendar or feed becomes a source of its own; one at a web address is read again by itself from now on."""
    by, now = system(f"import:{options['kind']}"), timezone.now()
    with transaction.atomic():
        source = source_at(
            municipality,
            kind=options["kind"],
            address=options["address"],
            village=options["village"],
            organiser=options["organiser"],
            now=now,
        )
        outcome = read_source(source, by=by, now=now, is_trial=options["dry_run"])
        transaction.set_rollback(options["dry_run"])
    return outcome


@contextmanager
def _bar() -> Iterator[Progress]:
    """The bar on a terminal; elsewhere only its last state, and nothing when the source could not be read."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console) as bar:
        try:
            yield bar
        except Problem:
            console.quiet = not console.is_terminal
            raise


def _summary(outcome: Outcome) -> str:
    counts = outcome.counts
    kept = _("%(added)d added, %(changed)d changed, %(unchanged)d unchanged") % counts
    moved = _("%(vanished)d vanished, %(returned)d returned") % counts
    rest = _("%(joined)d joined with another, %(rejected)d not taken over") % counts
    return f"{kept}; {moved}; {rest}."


def _write_report(path: Path, content: dict[str, Any]) -> bool:
    try:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError:
        return False
    return True
