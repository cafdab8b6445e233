"""`dorfplatz backup FILE`: everything in one archive, while the square goes on."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem
from dorfplatz.operations.actions import note_backup
from dorfplatz.operations.backup.saving import save_backup, write_backup
from dorfplatz.operations.enums import BackupKind
from dorfplatz.operations.terminal import bar, in_their_language

PIPE = "-"


class Command(BaseCommand):
    help = "Write everything (database and files) into one archive, consistent while the square runs."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the archive to write; “-” writes to a pipe")
        parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")

    def handle(self, *_args: Any, **options: Any) -> None:
        with in_their_language():
            try:
                self._run(options["file"], quiet=options["quiet"])
            except (Problem, DatabaseError) as problem:
                says = str(problem) if isinstance(problem, Problem) else _("The database does not answer.")
                self.stderr.write(says)
                raise SystemExit(2) from problem

    def _run(self, name: str, *, quiet: bool) -> None:
        now = timezone.now()
        if name == PIPE:
            contents = write_backup(sys.stdout.buffer, home=Path(settings.HOME), now=now)
            sys.stdout.buffer.flush()
            note_backup(BackupKind.ASKED, file="", size=0, rows=contents.rows, now=now)
            return
        path = Path(name)
        with bar(_("Writing the backup"), quiet=quiet) as tell:
            saved = save_backup(path, now=now, tell=tell)
        note_backup(BackupKind.ASKED, file=str(path.resolve()), size=saved.size, rows=saved.rows, now=now)
        if not quiet:
            values = {"file": name, "rows": saved.rows, "files": saved.files, "size": filesizeformat(saved.size)}
            self.stdout.write(_("%(file)s: %(rows)d rows and %(files)d files, %(size)s.") % values)
