"""What the social map plugs into lower floors."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.places.actions import write_standard_taxonomy
from dorfplatz.places.enums import ADD, EDIT, TAXONOMY
from dorfplatz.villages.facts import MunicipalitySetUp

offer_capability(ADD, _("add entries to the social map"), Role.EDITOR, Role.CONNECTOR, Role.ADMIN)
offer_capability(EDIT, _("change entries of the social map"), Role.EDITOR, Role.CONNECTOR, Role.ADMIN)
offer_capability(TAXONOMY, _("change the categories"), Role.ADMIN)


def _taxonomy_for_new_square(_fact: MunicipalitySetUp) -> None:
    write_standard_taxonomy(by=system("setup"), now=timezone.now())


subscribe(MunicipalitySetUp, _taxonomy_for_new_square)
