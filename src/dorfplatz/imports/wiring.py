"""What imports plug into lower floors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.imports.enums import RUN
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability

offer_capability(RUN, _("import entries from files"), Role.ADMIN)
