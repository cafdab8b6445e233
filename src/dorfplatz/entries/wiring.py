"""What the spine plugs into lower floors."""

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import HIDE, PUBLISH, SEE_HIDDEN
from dorfplatz.entries.queries import areas_of_entries, moments_of_entries
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.villages.sockets import Whereabouts, moments, whereabouts

offer_capability(SEE_HIDDEN, _("see what waits for a look or is hidden"), Role.CONNECTOR, Role.MODERATOR, Role.ADMIN)
offer_capability(PUBLISH, _("publish at once"), Role.EDITOR, Role.CONNECTOR, Role.MODERATOR, Role.OFFICER, Role.ADMIN)
offer_capability(HIDE, _("hide and remove"), Role.CONNECTOR, Role.MODERATOR, Role.ADMIN)
whereabouts.plug("entries", Whereabouts("entry", areas_of_entries))
moments.plug("entries", moments_of_entries)
