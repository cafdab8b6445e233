"""`dorfplatz cards VILLAGE`: joining cards from the machine, for the first neighbours of a village."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.actor import system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import make_cards
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import base_url


class Command(BaseCommand):
    help = _("Makes joining cards for a village and prints their addresses, which are shown this once.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("village")
        parser.add_argument("--count", type=int, default=10)
        parser.add_argument("--uses", type=int, default=1)
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *_args: Any, **options: Any) -> None:
        served = Municipality.objects.filter(is_served=True).select_related("area")
        found = [
            (municipality, area)
            for municipality in served
            for area in Area.objects.filter(path__startswith=municipality.path, slug=options["village"], kind="village")
        ]
        if len(found) != 1:
            self._end(_("There is no village “%(slug)s” here, or more than one.") % {"slug": options["village"]})
        municipality, area = found[0]
        try:
            _batch, codes = make_cards(
                area, count=options["count"], uses=options["uses"], lasts_days=options["days"],
                by=system("command line"), now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            self._end(str(problem))
        with override(municipality.default_language):
            for code in codes:
                self.stdout.write(base_url(municipality) + reverse("members:join", args=[code]))

    def _end(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(2)
