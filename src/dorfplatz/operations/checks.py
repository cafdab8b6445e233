"""What must be right before the installation starts: Django's system checks, added to by the house's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from django.core import checks
from django.db import connection

from dorfplatz.operations.routes import Route, routes

# Versions before it can damage a write-ahead log when two connections write and tidy up at once.
SOUND_SQLITE = (3, 51, 3)


def every_route_declares_its_access(**_options: object) -> list[checks.CheckMessage]:
    """An address without a name or a declared access is an error: nobody has decided who may use it."""
    return problems_of(routes())


def problems_of(found: Iterable[Route]) -> list[checks.CheckMessage]:
    problems: list[checks.CheckMessage] = []
    for route in found:
        if not route.name:
            problems.append(checks.Error(f"The address “{route.pattern}” has no name.", id="operations.E001"))
        if route.access is None:
            problems.append(
                checks.Error(
                    f"The view of “{route.name or route.pattern}” does not declare who may use it.",
                    hint="Decorate it with public, members_only or needs(…) of dorfplatz.kernel.access.",
                    id="operations.E002",
                )
            )
    return problems


def the_database_engine_is_sound(**_options: object) -> list[checks.CheckMessage]:
    """Warns of an SQLite that can damage a database when two processes write and tidy up at once."""
    return problems_of_sqlite(sqlite3.sqlite_version_info) if connection.vendor == "sqlite" else []


def problems_of_sqlite(version: tuple[int, ...]) -> list[checks.CheckMessage]:
    if version >= SOUND_SQLITE:
        return []
    return [
        checks.Warning(
            f"SQLite {'.'.join(map(str, version))} can damage the database under load.",
            hint="Use a Python with SQLite 3.51.3 or later, or install the package pysqlite3, or use PostgreSQL.",
            id="operations.W001",
        )
    ]
