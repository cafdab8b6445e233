"""What the worker does for villages that are being prepared."""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system
from dorfplatz.launch import actions
from dorfplatz.villages.enums import Stage
from dorfplatz.villages.models import Area


@job()
def tell_of_full_villages() -> None:
    """Those where enough have said yes, and nobody was told."""
    for area in Area.objects.villages().filter(stage=Stage.PREPARING).order_by("pk"):
        actions.tell_when_full(area, by=system("launch"), now=timezone.now())
