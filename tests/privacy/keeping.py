"""All that an installation keeps, to look for somebody in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def everything_kept() -> str:
    """Every value of every row of every table, and every file."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of our own tables
            rows += [str(row) for row in cursor.fetchall()]
    folders, files = ["pictures"], []
    while folders:
        folder = folders.pop()
        below, names = default_storage.listdir(folder) if default_storage.exists(folder) else ([], [])
        folders += [f"{folder}/{name}" for name in below]
        files += [f"{folder}/{name}" for name in names]
    return "".join(rows) + "".join(name + default_storage.open(name).read().decode("latin-1") for name in files)


def rows_with(word: str) -> list[str]:
    """Tables and the beginning of each of their rows that has the word, in any spelling of case."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of our own tables
            found += [f"{table}: {row}"[:300] for row in cursor.fetchall() if word in str(row).lower()]
    return found


@contextmanager
def at_home(settings: Any, home: Path, *, is_empty: bool = False) -> Iterator[Path]:
    """A home of its own, with the database of this test as a file in it; whatever is done there leaves the test alone.

    SQLite only. The file is written with all that the product asks of its database.
    """
    home.mkdir()
    settings.HOME, settings.BACKUPS, settings.MEDIA_ROOT = home, home / "backups", home / "media"
    usual, path = connections[DEFAULT_DB_ALIAS], home / "dorfplatz.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        _copy_all(usual, copy)
        if is_empty:
            _empty(copy)
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    own.settings_dict = {**deepcopy(usual.settings_dict), "NAME": str(path)}
    connections[DEFAULT_DB_ALIAS] = own
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(BaseDatabaseWrapper, "ensure_connection", _connect)
            yield home
    finally:
        own.close()
        connections[DEFAULT_DB_ALIAS] = usual


def _connect(database: BaseDatabaseWrapper) -> None:
    """A test may use no other database; a backup opens one more connection to its own."""
    if database.connection is None:
        with database.wrap_database_errors:
            database.connect()


def _copy_all(usual: BaseDatabaseWrapper, copy: sqlite3.Connection) -> None:
    """With what this test has not committed; each value as it is stored."""
    with usual.cursor() as cursor:
        cursor.execute(
            "SELECT type = 'table', name, sql FROM sqlite_master WHERE sql > '' AND substr(name, 1, 7) != 'sqlite_'"
        )
        things = sorted(cursor.fetchall(), key=lambda thing: not thing[0])
        for is_table, table, sql in things:
            copy.execute(sql)
            if is_table:
                cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
                names = [name for (name,) in cursor.fetchall()]
                stored = ", ".join(f'+"{name}"' for name in names)
                cursor.execute(f'SELECT {stored} FROM "{table}"')  # noqa: S608  names of our own tables
                marks = ", ".join("?" * len(names))
                copy.executemany(f'INSERT INTO "{table}" VALUES ({marks})', cursor.fetchall())  # noqa: S608  the same
    copy.commit()


def _empty(copy: sqlite3.Connection) -> None:
    """The tables without a row, and not a byte of what stood in them."""
    tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if table != "django_migrations":
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608  names of our own tables
    copy.commit()
    copy.execute("VACUUM")


def files_with(folder: Path, word: str) -> list[str]:
    """Files below the folder in whose names or bytes the word stands, in any spelling of case; and where."""
    wanted, found = word.lower().encode(), []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        at = (str(path).encode() + path.read_bytes()).lower().find(wanted)
        if at >= 0:
            found.append(f"{path.relative_to(folder)} at {at}")
    return found
