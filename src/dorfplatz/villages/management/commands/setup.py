"""`dorfplatz setup FILE.toml`: a municipality with its villages from one description."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.actions import set_up_municipality
from dorfplatz.villages.description import read_description


class Command(BaseCommand):
    help = "Create or update a municipality with its villages from one description file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            description = read_description(options["file"])
            municipality, report = set_up_municipality(description, by=system("setup"), now=timezone.now())
        except Problem as problem:
            self.stderr.write(str(problem))
            raise SystemExit(2) from problem
        if report.is_unchanged:
            self.stdout.write(_("%(name)s is as described; nothing to change.") % {"name": municipality})
            return
        self.stdout.write(
            _("%(name)s: %(created)d created, %(changed)d changed.")
            % {"name": municipality, "created": len(report.created), "changed": len(report.changed)}
        )
