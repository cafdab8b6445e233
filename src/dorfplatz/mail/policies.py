"""What may go into the outbox at all."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if


def can_post_probe(actor: Actor) -> Verdict:
    return allowed_if(actor.is_system or actor.holds_anywhere("jobs.see"), _("Only administrators do this."))
