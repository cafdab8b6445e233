"""Who may see and settle jobs that were parked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if

SEE = "jobs.see"


def can_see_jobs(actor: Actor) -> Verdict:
    """Jobs belong to the installation, not to a village: whoever looks after one may see them all."""
    return allowed_if(actor.holds_anywhere(SEE), _("Only administrators see this."))


def can_settle_job(actor: Actor) -> Verdict:
    return can_see_jobs(actor)
