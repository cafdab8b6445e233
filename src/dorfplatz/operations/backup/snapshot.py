"""The database as it is at one moment, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem
from dorfplatz.operations.backup.asking import ask

ALIAS = "snapshot"
Migrations = tuple[tuple[str, str], ...]


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias of a connection of its own on which nothing changes until it is let go. Nobody waits for it.

    SQLite: a reading transaction on the write-ahead log. PostgreSQL: one transaction that is repeatable to read.
    """
    connections.settings[ALIAS] = _settings()
    connection = connections[ALIAS]
    try:
        with transaction.atomic(using=ALIAS):
            if connection.vendor == "postgresql":
                ask(ALIAS, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            ask(ALIAS, "SELECT count(*) FROM django_migrations" if _has_tables() else "SELECT 1")  # settles the moment
            yield ALIAS
    finally:
        connection.close()
        del connections[ALIAS]
        connections.settings.pop(ALIAS, None)


def _has_tables() -> bool:
    return "django_migrations" in connections[ALIAS].introspection.table_names()


def _settings() -> dict[str, object]:
    """Those of the database itself, but for taking no lock and for standing apart from the pool."""
    settings = deepcopy(connections[DEFAULT_DB_ALIAS].settings_dict)
    options = settings["OPTIONS"]
    options.pop("pool", None)
    if "transaction_mode" in options:
        options["transaction_mode"] = "DEFERRED"
    return {**settings, "OPTIONS": options, "CONN_MAX_AGE": 0}


def migrations_of(using: str = DEFAULT_DB_ALIAS) -> Migrations:
    """Which changes the tables have seen. Raises Problem for tables that a newer program has changed."""
    loader = MigrationLoader(connections[using])
    taken = _drawn_together(loader, {key for key in loader.applied_migrations if key[0] in loader.migrated_apps})
    if not taken <= loader.graph.nodes.keys():
        raise Problem(_("The tables were made by a newer version of Dorfplatz. Please install that one first."))
    return tuple(sorted(taken))


def as_today(migrations: Migrations) -> Migrations:
    """The same changes under today's names: steps drawn together since are one.

    Raises Problem when this program knows nothing of some of them.
    """
    loader = MigrationLoader(None)
    taken = _drawn_together(loader, set(migrations))
    if not taken <= loader.graph.nodes.keys():
        raise Problem(_("This backup was written by a newer version of Dorfplatz. Please install that one first."))
    return tuple(sorted(taken))


def apps_at(migrations: Migrations) -> Apps:
    """The models as they were after these changes, which are named as today."""
    return MigrationLoader(None).project_state(list(migrations)).apps


def _drawn_together(loader: MigrationLoader, taken: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Steps that were drawn together since, under the name of the one that stands for them all."""
    for key, migration in loader.replacements.items():
        if set(migration.replaces) <= taken:
            taken = taken - set(migration.replaces) | {key}
    return taken
