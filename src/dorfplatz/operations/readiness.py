"""Whether the installation can do its work, in sentences: for probes of the hoster and for whoever watches over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from dorfplatz.jobs.queries import worker_state


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, and a sentence that tells nothing about the machine."""

    subject: str
    well: bool
    says: str


def findings(now: datetime) -> tuple[Finding, ...]:
    """Database, its tables, the worker; without a database the others are not asked."""
    try:
        database = _database()
        return (database, _tables(), _worker(now))
    except DatabaseError:
        return (Finding("database", False, _("The database does not answer.")),)


def unapplied_migrations() -> int:
    """How many changes of the tables are still to be made."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _database() -> Finding:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding("database", True, _("The database answers."))


def _tables() -> Finding:
    waiting = unapplied_migrations()
    if waiting:
        return Finding(
            "tables", False, _("The tables are older than the program; restart it to bring them up to date.")
        )
    return Finding("tables", True, _("The tables fit the program."))


def _worker(now: datetime) -> Finding:
    if not worker_state(now).is_alive:
        return Finding("worker", False, _("No worker is running; mail and other work waits."))
    return Finding("worker", True, _("A worker is running."))
