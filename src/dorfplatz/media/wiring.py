"""What this app plugs into lower floors."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import system
from dorfplatz.media.actions import erase_picture
from dorfplatz.media.models import Picture


def _erase_again(thing: str, _details: Mapping[str, Any]) -> None:
    for picture in Picture.objects.filter(pk=thing.partition(":")[2]):
        erase_picture(picture, by=system("restore"), now=timezone.now())


erasures.plug("erase_picture", _erase_again)

periodic.plug(
    "media.sweep", Periodic("dorfplatz.media.tasks.sweep_files", every=timedelta(days=1), offset=timedelta(hours=2))
)
