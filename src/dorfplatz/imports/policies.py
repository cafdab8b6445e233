"""Who may take data in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.imports.enums import RUN
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if
from dorfplatz.villages.models import Municipality


def can_import(actor: Actor, municipality: Municipality) -> Verdict:
    return allowed_if(actor.holds(RUN, municipality.path), str(_("Only the municipality’s admins may import entries.")))
