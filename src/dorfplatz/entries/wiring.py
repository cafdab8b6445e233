"""What the spine plugs into lower floors."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import erase_entries, remove_entry
from dorfplatz.entries.enums import HIDE, PUBLISH, SEE_HIDDEN
from dorfplatz.entries.models import Entry
from dorfplatz.entries.own_entries import plug_own_entries
from dorfplatz.entries.queries import areas_of_entries, moments_of_entries
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import system
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.villages.sockets import Whereabouts, moments, whereabouts


def _remove_again(thing: str, _details: Mapping[str, Any]) -> None:
    for entry in Entry.objects.filter(pk=thing.partition(":")[2]):
        remove_entry(entry, by=system("restore"), now=timezone.now())


def _erase_again(thing: str, _details: Mapping[str, Any]) -> None:
    erase_entries([int(thing.partition(":")[2])], by=system("restore"), now=timezone.now())


plug_own_entries()
erasures.plug("entry.removed", _remove_again)
erasures.plug("entry.erased", _erase_again)
periodic.plug("entries.removed", Periodic("dorfplatz.entries.tasks.erase_removed", every=timedelta(days=1)))
offer_capability(SEE_HIDDEN, _("see what waits for a look or is hidden"), Role.CONNECTOR, Role.MODERATOR, Role.ADMIN)
offer_capability(PUBLISH, _("publish at once"), Role.EDITOR, Role.CONNECTOR, Role.MODERATOR, Role.OFFICER, Role.ADMIN)
offer_capability(HIDE, _("hide and remove"), Role.CONNECTOR, Role.MODERATOR, Role.ADMIN)
whereabouts.plug("entries", Whereabouts("entry", areas_of_entries))
moments.plug("entries", moments_of_entries)
