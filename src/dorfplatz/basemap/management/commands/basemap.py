"""`dorfplatz basemap FILE --municipality SLUG`: the map under the map, and the addresses, from an extract."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dorfplatz.basemap.actions import put_base_map
from dorfplatz.basemap.making import fingerprint, making, one_at_a_time, surroundings
from dorfplatz.basemap.models import BaseMap
from dorfplatz.basemap.osm.faults import Unreadable
from dorfplatz.basemap.queries import base_map_of, maps_folder
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import site_of


class Command(BaseCommand):
    help = "Draw a municipality's base map and note its addresses. The same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="an .osm.pbf, .osm or .osm.gz")
        parser.add_argument("--municipality", required=True, metavar="SLUG")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with one_at_a_time():
                self.stdout.write(_run(Path(options["file"]), _municipality(options["municipality"])))
        except Problem as problem:
            self.stderr.write(str(problem))
            raise SystemExit(2) from problem
        except OSError as error:
            self.stderr.write(_("The map cannot be kept: %(why)s.") % {"why": error.strerror or error})
            raise SystemExit(2) from error


def _run(path: Path, municipality: Municipality) -> str:
    site = site_of(municipality)
    present = base_map_of(municipality.pk)
    try:
        same = present is not None and present.made_of == fingerprint(path, surroundings(site))
    except Unreadable as fault:
        raise Problem(fault.sentence) from fault
    if present and same and (maps_folder() / present.file).is_file():
        return _("This map is there already: nothing has been changed.")
    with _bar() as bar:
        read, draw = bar.add_task(_("Reading"), total=1.0), bar.add_task(_("Drawing"), total=1.0)

        def drawing(share: float) -> None:
            bar.update(read, completed=1.0)
            bar.update(draw, completed=share)

        def reading(_seen: int, share: float | None) -> None:
            bar.update(read, completed=share or 0.0)

        with making(path, site, maps_folder(), reading=reading, drawing=drawing) as made:
            base_map = put_base_map(municipality, made=made, by=system("basemap"), now=timezone.now())
        drawing(1.0)
    return _said(base_map)


def _municipality(slug: str) -> Municipality:
    found = Municipality.objects.filter(area__slug=slug, is_served=True).select_related("area").first()
    if found is None:
        raise Problem(_("There is no municipality “%(slug)s” here.") % {"slug": slug})
    return found


@contextmanager
def _bar() -> Iterator[Progress]:
    """The bar on a terminal; elsewhere nothing."""
    console = Console(stderr=True)
    console.quiet = not console.is_terminal
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        yield bar


def _said(base_map: BaseMap) -> str:
    return _("The base map stands: %(megabytes).1f MB, %(streets)d streets, %(houses)d addresses.") % {
        "megabytes": base_map.size / 1_000_000,
        "streets": base_map.streets_count,
        "houses": base_map.houses_count,
    }
