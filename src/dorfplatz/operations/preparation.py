"""Before the first request: the tables brought up to date and the static files gathered, by one start at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from dorfplatz import __version__
from dorfplatz.operations.lock import alone
from dorfplatz.operations.updating import finish_restore, update_tables

FINGERPRINT = "gathered.txt"
# Scripts that come with a library and that no page of ours asks for.
UNUSED = ["django_htmx"]


def prepare(home: Path) -> None:
    """Bring tables and static files up to date, and finish a restore.

    What is so already is left alone, which makes a second start quick.
    """
    with alone(home):
        update_tables()
        finish_restore()
        gather_static_files()


def gather_static_files() -> bool:
    """Copy and hash the static files of all apps, unless none has changed since. Whether it was done.

    Files under their hashed names stay, for pages that are open in a browser while the program is renewed.
    """
    root = Path(settings.STATIC_ROOT)
    current = fingerprint_of_static_files()
    note = root / FINGERPRINT
    if note.exists() and note.read_text() == current:
        return False
    for path, _source in _static_files():
        # Django leaves a copy alone that is younger than its source, which after an upgrade may be the wrong one.
        (root / path).unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    note.write_text(current)
    return True


def fingerprint_of_static_files() -> str:
    """Changes whenever a static file of any app is added, removed or written anew."""
    digest = hashlib.sha256(__version__.encode())
    for path, source in _static_files():
        stat = source.stat()
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_files() -> Iterator[tuple[str, Path]]:
    """Each static file by the name under which it is asked for, and where it lies."""
    for finder in get_finders():
        for path, storage in finder.list(UNUSED):
            yield path, Path(storage.path(path))
