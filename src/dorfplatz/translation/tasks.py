"""What the worker does with translations by itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.translation.actions import sweep_translations


@job(Conduct(_("Erasing translations that nothing uses")))
def sweep() -> None:
    sweep_translations()
