"""Bringing the tables up to the program: after a backup, and all of it or nothing."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem
from dorfplatz.operations.actions import erase_again
from dorfplatz.operations.backup.asking import ask
from dorfplatz.operations.backup.keeping import BEFORE_UPDATE, forget_all_old
from dorfplatz.operations.backup.saving import save_backup

log = logging.getLogger(__name__)


def update_tables() -> None:
    """Make the changes of the tables that are still to be made. Does nothing when there are none.

    Tables with anything in them are backed up first; without that backup nothing is changed. Raises CommandError when
    it does not work out: the tables are then as they were, and the older program still runs with them.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    is_new = not connection.introspection.table_names()
    saved = _saved_before() if executor.loader.applied_migrations else None
    at_once = is_new or all(migration.atomic for migration, _backwards in plan)
    try:
        if is_new:
            make_tables(executor)
        else:
            _migrate(at_once=at_once)
    except Exception as error:
        log.exception("the tables could not be updated")
        raise CommandError(_failure(error, saved, at_once=at_once)) from error


def make_tables(executor: MigrationExecutor) -> None:
    """Make all tables of an empty database as they are today, and note every migration as taken.

    The same tables as the migrations lead to, which a test compares; only without their history, which costs many times
    the processor time. What migrations would do to rows is left out: there are none.
    """
    executor.recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for model in executor.loader.project_state().apps.get_models():
            if model._meta.can_migrate(connection):  # noqa: SLF001  as Django documents it
                editor.create_model(model)
        for key, migration in executor.loader.graph.nodes.items():
            for app, name in migration.replaces or [key]:
                executor.recorder.record_applied(app, name)
        executor.check_replacements()
    emit_post_migrate_signal(0, False, connection.alias)


def finish_restore() -> None:
    """After a restore from an older version: what was erased since the backup is erased before anybody sees it."""
    try:
        erase_again()
    except Problem as problem:
        raise CommandError(str(problem)) from problem


def _saved_before() -> Path:
    now = timezone.now()
    folder = Path(settings.BACKUPS)
    path = folder / f"{BEFORE_UPDATE}-{now:%Y%m%d-%H%M%S}.tar"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        save_backup(path, now=now)
    except (Problem, OSError) as error:
        says = _("Before an update a backup is made, and that did not work, so nothing was changed: %(why)s")
        raise CommandError(says % {"why": error}) from error
    forget_all_old(folder)
    return path


def _migrate(*, at_once: bool) -> None:
    """All changes in one transaction where they allow it: killed at any moment, none or all have happened."""
    if not at_once:
        call_command("migrate", interactive=False, verbosity=0)
        return
    connection.disable_constraint_checking()  # SQLite heeds this only outside of a transaction
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":  # else a table whose rows were changed could not be changed itself
                ask(connection.alias, "SET CONSTRAINTS ALL IMMEDIATE")
            call_command("migrate", interactive=False, verbosity=0)
            connection.check_constraints()
    finally:
        connection.enable_constraint_checking()


def _failure(error: Exception, saved: Path | None, *, at_once: bool) -> str:
    why = str(error).strip().partition("\n")[0] or type(error).__name__
    says = [_("The tables could not be brought up to date: %(why)s.") % {"why": why}]
    if at_once:
        says.append(_("They are as they were before; the previous version of Dorfplatz still works with them."))
    if saved:
        says.append(_("All that was there lies in %(file)s.") % {"file": saved})
    return " ".join(says)
