"""`dorfplatz demo`: the square of Kranenburg with invented people and entries, dated from today."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorfplatz.kernel.verdict import Problem
from dorfplatz.portal.demo.demonstration import Report, put_in_place
from dorfplatz.portal.demo.people import PASSWORD
from dorfplatz.villages.models import Municipality


class Command(BaseCommand):
    help = "Put the demonstration in place: Kranenburg with invented people and entries, its dates renewed."

    requires_system_checks = ()  # `run` looks at the whole installation; here a second start must be quick

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-new", action="store_true", help="do nothing where a municipality is served already, of any kind"
        )
        parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")

    def handle(self, *_args: Any, **options: Any) -> None:
        _bring_tables_up_to_date()
        if options["if_new"] and Municipality.objects.filter(is_served=True).exists():
            return
        try:
            report = put_in_place(timezone.now())
        except Problem as problem:
            raise CommandError(str(problem), returncode=2) from problem
        if not options["quiet"]:
            self.stdout.write(_said(report))


def _bring_tables_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("update")


def _said(report: Report) -> str:
    if report.is_unchanged:
        return _("The demonstration of %(name)s is in place; its dates count from today.") % {
            "name": report.municipality
        }
    counted = [
        ngettext("%(count)d person", "%(count)d people", report.people) % {"count": report.people},
        ngettext("%(count)d entry", "%(count)d entries", report.entries) % {"count": report.entries},
        ngettext("%(count)d date", "%(count)d dates", report.dates) % {"count": report.dates},
        ngettext("%(count)d picture", "%(count)d pictures", report.pictures) % {"count": report.pictures},
        ngettext("%(count)d page", "%(count)d pages", report.pages) % {"count": report.pages},
    ]
    added = _("Added to the demonstration of %(name)s: %(what)s.") % {
        "name": report.municipality,
        "what": ", ".join(counted),
    }
    hint = _("Log in as %(address)s or ben@example.org, password %(password)s.")
    return f"{added}\n{hint % {'address': 'anna@example.org', 'password': PASSWORD}}"
