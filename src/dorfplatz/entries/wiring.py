"""What the spine plugs into lower floors."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import remove_entry
from dorfplatz.entries.enums import HIDE, PUBLISH, SEE_HIDDEN
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import areas_of_entries, moments_of_entries
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import system
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.villages.sockets import Whereabouts, moments, whereabouts


def _remove_again(thing: str, _details: Mapping[str, Any]) -> None:
    for entry in Entry.objects.filter(pk=thing.partition(":")[2]):
        remove_entry(entry, by=system("restore"), now=timezone.now())


erasures.plug("entry.removed", _remove_again)
offer_capability(SEE_HIDDEN, _("see what waits for a look or is hidden"), Role.CONNECTOR, Role.MODERATOR, Role.ADMIN)
offer_capability(PUBLISH, _("publish at once"), Role.EDITOR, Role.CONNECTOR, Role.MODERATOR, Role.OFFICER, Role.ADMIN)
offer_capability(HIDE, _("hide and remove"), Role.CONNECTOR, Role.MODERATOR, Role.ADMIN)
whereabouts.plug("entries", Whereabouts("entry", areas_of_entries))
moments.plug("entries", moments_of_entries)
