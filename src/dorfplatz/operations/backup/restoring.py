"""Taking a backup into an empty home: all of it or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem
from dorfplatz.operations.backup.archive import DAMAGED, SECRET, Contents, unpack
from dorfplatz.operations.backup.files import folders, is_local, stored_names
from dorfplatz.operations.backup.snapshot import Migrations, apps_at, as_today, migrations_of
from dorfplatz.operations.backup.tables import Table, count_on_from, read_table, tables, write_table
from dorfplatz.operations.backup.tombstones import OVERLAP, PENDING, Tombstone, merged, read_list, write_list
from dorfplatz.operations.lock import alone
from dorfplatz.operations.terminal import Tell, silent

STAGE = ".restoring"
# Lies in the stage from the moment on at which files take their places.
PLACING = "placing"
# Filled by making the tables, not by people.
SELF_FILLED = {"django_content_type", "auth_permission"}


def restore_backup(stream: BinaryIO, *, size: int = 0, erased: Iterable[Path] = (), tell: Tell = silent) -> Contents:
    """Take a backup into this home and its database, both empty, and read it back to see that it is equal.

    What the lists in `erased` know to have been erased since the backup lies ready then to be erased again, before
    anybody sees it. Raises Problem, and leaves home and database as they were, when they are not empty or the backup
    is not whole.
    """
    home = Path(settings.HOME)
    with alone(home), _said():
        stage = home / STAGE
        _clear_left_behind(home, stage)
        _require_empty(home)
        stage.mkdir(mode=0o700)
        try:
            contents = unpack(stream, stage, lambda read: tell(read, max(size, read) * 2))
            _lay_ready(home, [read_list(path) for path in erased], contents.opening.made_at)
            _take_in(contents, home, stage, lambda done, total: tell(total + done, total * 2))
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    return contents


def _lay_ready(home: Path, lists: list[list[Tombstone]], made_at: datetime) -> None:
    """First of all: should the restore be killed at its very end, the next start still finds what is to be erased."""
    due = merged(*lists, since=made_at - OVERLAP)
    if due:
        write_list(home / PENDING, due)


def _take_in(contents: Contents, home: Path, stage: Path, tell: Tell) -> None:
    migrations = as_today(contents.opening.migrations)
    found = tables(apps_at(migrations))
    if set(found) != set(contents.tables):
        raise Problem(_("This backup was written by a newer version of Dorfplatz. Please install that one first."))
    _make_tables(migrations)
    try:
        with transaction.atomic():
            _load(found, contents, stage, tell)
            (stage / PLACING).touch()
            _place_files(home, stage)
    except BaseException:
        if (stage / PLACING).exists():
            _remove_files(home)
        raise
    tell(len(found), len(found))
    _place_secret(home, stage)


def _load(found: dict[str, Table], contents: Contents, stage: Path, tell: Tell) -> None:
    """All rows in; then read them back and compare."""
    for name in SELF_FILLED & set(found):
        found[name]._base_manager.all().delete()
    for done, (name, table) in enumerate(found.items()):
        tell(done, len(found))
        _fill(table, stage / f"tables/{name}.jsonl.gz")
        count_on_from(table, contents.tables[name].last_id, using=DEFAULT_DB_ALIAS)
    for name, table in found.items():
        if write_table(table, using=DEFAULT_DB_ALIAS).sha256 != contents.tables[name].sha256:
            raise Problem(_("The table %(table)s did not come out equal. Nothing has been kept.") % {"table": name})


def _fill(table: Table, path: Path) -> None:
    try:
        read_table(table, path, using=DEFAULT_DB_ALIAS)
    except DatabaseError as error:
        values = {"table": table._meta.db_table, "why": str(error).strip().partition("\n")[0]}
        raise Problem(_("The database does not take the table %(table)s: %(why)s") % values) from error
    except DAMAGED as error:
        raise Problem(_("This backup is damaged or not complete. Nothing has been taken from it.")) from error


def _make_tables(migrations: Migrations) -> None:
    """The tables as they were when the backup was made; a later start brings them up to date."""
    here = migrations_of()
    if here and here != migrations:
        raise Problem(_("The database has tables of another version. Please give an empty database."))
    if not here:
        executor = MigrationExecutor(connection)
        children = {key: executor.loader.graph.node_map[key].children for key in migrations}
        wanted = set(migrations)
        executor.migrate([key for key in migrations if not any(child.key in wanted for child in children[key])])


def _require_empty(home: Path) -> None:
    for folder in folders(home).values():
        if any(path.is_file() for path in folder.rglob("*")):
            raise _not_empty(_("files in %(folder)s") % {"folder": folder})
    if not is_local() and next(stored_names(""), None):
        raise _not_empty(_("files in the object storage"))
    known = set(connection.introspection.table_names())
    for name, table in tables(apps_at(migrations_of())).items():
        if name in known - SELF_FILLED and table._base_manager.exists():
            raise _not_empty(_("rows in the table %(table)s") % {"table": name})


def _not_empty(what: str) -> Problem:
    says = _("A backup is only taken into an empty home, and here are already %(what)s. Choose another DORFPLATZ_HOME.")
    return Problem(says % {"what": what})


def _clear_left_behind(home: Path, stage: Path) -> None:
    """After a restore that was killed: what it had brought goes, unless it had come to its end."""
    if (stage / PLACING).exists() and not _has_rows():
        _remove_files(home)
    shutil.rmtree(stage, ignore_errors=True)


def _has_rows() -> bool:
    found = tables(apps_at(migrations_of()))
    return any(t._base_manager.exists() for name, t in found.items() if name not in SELF_FILLED)


def _place_files(home: Path, stage: Path) -> None:
    if not is_local():
        _upload(stage / "files/media")
    for root, folder in folders(home).items():
        if (stage / "files" / root).exists():
            shutil.rmtree(folder, ignore_errors=True)  # empty folders at most, as was looked at before
            (stage / "files" / root).replace(folder)


def _remove_files(home: Path) -> None:
    """Those that a restore has brought which did not come to its end."""
    for folder in folders(home).values():
        shutil.rmtree(folder, ignore_errors=True)
    if not is_local():
        for name in list(stored_names("")):
            default_storage.delete(name)


def _upload(folder: Path) -> None:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            default_storage.save(path.relative_to(folder).as_posix(), File(file))


def _place_secret(home: Path, stage: Path) -> None:
    """The key of the home that was backed up takes the place of the one made a moment ago."""
    path = stage / SECRET
    if path.exists() and not settings.ENV.secret_key:
        path.chmod(0o600)
        path.replace(home / SECRET)
        os.sync()


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Problem(_("The backup cannot be restored: %(why)s.") % {"why": error.strerror or error}) from error
