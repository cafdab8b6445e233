"""`dorfplatz invite EMAIL --role ROLE [--area SLUG]`: prints a joining link."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.actor import system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import create_invitation
from dorfplatz.members.enums import Role
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import base_url


class Command(BaseCommand):
    help = "Invite somebody to a role; prints the joining link, which works once and for two weeks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument(
            "--area",
            default="",
            help="slug of a municipality or village, or both as “kranenburg/niel”; else the only municipality",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            area, municipality = _area(options["area"])
            _invitation, code = create_invitation(
                email=options["email"], role=Role(options["role"]), area=area, by=system("invite"), now=timezone.now()
            )
        except Problem as problem:
            self.stderr.write(str(problem))
            raise SystemExit(2) from problem
        with override(municipality.default_language):
            self.stdout.write(base_url(municipality) + reverse("members:join", args=[code]))


def _area(slug: str) -> tuple[Area, Municipality]:
    """The area with that slug and its municipality. A municipality goes before a village of the same name."""
    served = Municipality.objects.filter(is_served=True).select_related("area")
    if not slug:
        some = list(served[:2])
        if len(some) != 1:
            raise Problem(
                _("There are several municipalities: say which with --area.")
                if some
                else _("There is no municipality yet: begin with “dorfplatz setup FILE.toml”.")
            )
        return some[0].area, some[0]
    above, _slash, village = slug.rpartition("/")
    municipality = served.filter(area__slug=slug).first()
    if municipality:
        return municipality.area, municipality
    villages = Area.objects.filter(kind=AreaKind.VILLAGE, slug=village, parent__municipality__is_served=True)
    if above:
        villages = villages.filter(parent__slug=above)
    found = list(villages.select_related("parent__municipality")[:2])
    if len(found) != 1:
        raise Problem(
            _("There are several villages “%(slug)s”.") % {"slug": slug}
            if found
            else _("There is no municipality or village “%(slug)s”.") % {"slug": slug}
        )
    parent = found[0].parent
    assert parent is not None  # noqa: S101  filtered for above
    return found[0], served.get(pk=parent.pk)
