"""`dorfplatz restore FILE`: a backup into an empty home, all of it or nothing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorfplatz.kernel.verdict import Problem
from dorfplatz.operations.actions import erase_again
from dorfplatz.operations.backup.archive import Contents
from dorfplatz.operations.backup.restoring import restore_backup
from dorfplatz.operations.backup.tombstones import lists_beside
from dorfplatz.operations.readiness import unapplied_migrations
from dorfplatz.operations.terminal import Tell, bar, in_their_language

PIPE = "-"


class Command(BaseCommand):
    help = "Take a backup into an empty home and an empty database; nothing is changed when it is not whole."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the archive to read; “-” reads from a pipe")
        parser.add_argument(
            "--erased",
            type=Path,
            metavar="LIST",
            help="the list of what people have erased since; left out: erased.jsonl beside the archive",
        )
        parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")

    def handle(self, *_args: Any, **options: Any) -> None:
        with in_their_language():
            try:
                with bar(_("Restoring the backup"), quiet=options["quiet"]) as tell:
                    contents = _restored(options["file"], options["erased"], tell)
                again = erase_again() if not unapplied_migrations() else 0
            except (Problem, DatabaseError) as problem:
                says = str(problem) if isinstance(problem, Problem) else _("The database does not answer.")
                self.stderr.write(says)
                raise SystemExit(2) from problem
            if not options["quiet"]:
                values = {
                    "rows": contents.rows,
                    "files": len(contents.files),
                    "when": contents.opening.made_at.strftime("%Y-%m-%d %H:%M UTC"),
                }
                says = _("Restored and compared: %(rows)d rows and %(files)d files, as they were on %(when)s.")
                self.stdout.write(says % values)
                if again:
                    says = ngettext(
                        "%(count)d erasure that came after the backup was done again.",
                        "%(count)d erasures that came after the backup were done again.",
                        again,
                    )
                    self.stdout.write(says % {"count": again})


def _restored(name: str, erased: Path | None, tell: Tell) -> Contents:
    if erased is not None and not erased.is_file():
        raise Problem(_("The file %(file)s cannot be read.") % {"file": erased})
    path = None if name == PIPE else Path(name)
    lists = [*lists_beside(path, Path(settings.BACKUPS)), *([erased] if erased else [])]
    if path is None:
        return restore_backup(sys.stdin.buffer, erased=lists, tell=tell)
    try:
        with path.open("rb") as file:
            return restore_backup(file, size=path.stat().st_size, erased=lists, tell=tell)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise Problem(_("The file %(file)s cannot be read.") % {"file": name}) from error
