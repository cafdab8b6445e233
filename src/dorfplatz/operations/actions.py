"""What operating writes down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.queries import erasing_acts
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.verdict import Problem
from dorfplatz.operations.backup.asking import ask
from dorfplatz.operations.backup.keeping import NIGHTLY, forget_all_old
from dorfplatz.operations.backup.saving import save_backup
from dorfplatz.operations.backup.tombstones import (
    LIST,
    LISTED_FOR,
    LOCK,
    PENDING,
    Tombstone,
    merged,
    read_list,
    write_list,
)
from dorfplatz.operations.backup.trial import restore_on_trial
from dorfplatz.operations.enums import BackupKind
from dorfplatz.operations.lock import alone
from dorfplatz.operations.models import Backup

REMEMBERED = timedelta(days=400)
LOOKED_BACK = timedelta(days=2)


def note_backup(kind: BackupKind, *, file: str, size: int, rows: int, now: datetime) -> Backup | None:
    """Remember that a backup was made.

    None when the tables are too old to remember it in, before an update: the backup is good all the same.
    """
    try:
        with transaction.atomic():
            Backup.objects.filter(made_at__lt=now - REMEMBERED).delete()
            return Backup.objects.create(kind=kind, made_at=now, file=file[:500], size=size, rows=rows)
    except DatabaseError:
        return None


@transaction.atomic
def note_verified(backup: Backup, *, now: datetime) -> None:
    """Remember that a backup was restored on trial and came out equal."""
    Backup.objects.filter(pk=backup.pk).update(verified_at=now)


def note_erasures(*, now: datetime) -> None:
    """Bring the list of what was erased for good up to the journal. What it knows from days now lost, it keeps."""
    folder = Path(settings.BACKUPS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(folder, LOCK):
        since = now - LISTED_FOR
        written = (
            Tombstone(act.seal, act.at.isoformat(), act.verb, act.thing, act.details) for act in erasing_acts(since)
        )
        write_list(folder / LIST, merged(read_list(folder / LIST), written, since=since))


def empty_log() -> None:
    """Bring the write-ahead log into the database file and empty it: what was erased still stands in it until then.

    Raises Problem while somebody reads what only the log has. Nothing to do where the database keeps no such log.
    """
    if connection.vendor != "sqlite":
        return
    is_busy, _frames, _moved = ask(DEFAULT_DB_ALIAS, "PRAGMA wal_checkpoint(TRUNCATE)")
    if is_busy:
        raise Problem(_("The database is being read; the log is emptied a little later."))


def rewrite_database(*, now: datetime) -> None:
    """Write SQLite's file anew where something was erased for good in these days, and empty its log.

    Erased rows are overwritten at once (secure_delete). But when pages were split before, pieces of rows stayed behind
    in the room between them, which nothing but this takes away. Meanwhile people read; who writes waits.
    """
    if connection.vendor != "sqlite" or not erasing_acts(now - LOOKED_BACK).exists():
        return
    with _files_for_what_is_passing():
        ask(DEFAULT_DB_ALIAS, "VACUUM")
    empty_log()


@contextmanager
def _files_for_what_is_passing() -> Iterator[None]:
    """The copy would otherwise be made in memory, all of it."""
    ask(DEFAULT_DB_ALIAS, "PRAGMA temp_store=FILE")
    try:
        yield
    finally:
        ask(DEFAULT_DB_ALIAS, "PRAGMA temp_store=MEMORY")


def erase_again() -> int:
    """After a restore, and before anybody sees it: erase what had been erased since the backup; how many times.

    The tables must be up to date. What cannot be erased raises, and the list stays until it can.
    """
    pending = Path(settings.HOME) / PENDING
    stones = read_list(pending)
    for stone in stones:
        again = erasures.get(stone.verb)
        if again is not None:
            with transaction.atomic():
                again(stone.thing, stone.details)
    if stones:
        folder = Path(settings.BACKUPS)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(folder, LOCK):
            known = read_list(folder / LIST)
            write_list(folder / LIST, merged(known, stones, since=stones[0].moment - LISTED_FOR))
    pending.unlink(missing_ok=True)
    return len(stones)


def make_nightly_backup(*, now: datetime) -> None:
    """Write this night's archive into the folder for backups and keep those of the last seven. May be called again."""
    note_erasures(now=now)
    folder = Path(settings.BACKUPS)
    forget_all_old(folder)
    if not settings.NIGHTLY_BACKUPS:
        return
    path = folder / f"{NIGHTLY}-{now:%Y%m%d-%H%M%S}.tar"
    saved = save_backup(path, now=now)
    note_backup(BackupKind.NIGHTLY, file=str(path), size=saved.size, rows=saved.rows, now=now)
    forget_all_old(folder)


def try_newest_backup(*, now: datetime) -> None:
    """Restore the newest archive that is there into a home that is thrown away, and remember that it came out equal.

    Raises Problem when it did not.
    """
    found = [
        backup for backup in Backup.objects.exclude(file="").order_by("-made_at")[:50] if Path(backup.file).exists()
    ]
    if found:
        restore_on_trial(Path(found[0].file))
        note_verified(found[0], now=now)
    elif settings.NIGHTLY_BACKUPS:
        raise Problem(_("There is no backup that could be tried."))
