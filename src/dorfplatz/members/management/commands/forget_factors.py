"""`dorfplatz forget_factors EMAIL`: for somebody who has lost phone and spare codes, once it is clear who asks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import system
from dorfplatz.members.actions import forget_factors
from dorfplatz.members.queries import identity_of_email


class Command(BaseCommand):
    help = "Take all second steps of a login away and end its sessions; a role then rests until another is set up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> None:
        email = options["email"]
        identity = identity_of_email(email)
        if identity is None or identity.login is None:
            self.stderr.write(_("Nobody logs in with %(email)s.") % {"email": email})
            raise SystemExit(2)
        count = forget_factors(identity.login, by=system("forget_factors"), now=timezone.now())
        self.stdout.write(_("The second steps of %(email)s are gone: %(count)d.") % {"email": email, "count": count})
