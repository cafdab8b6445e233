"""What this app plugs into lower floors: its checks at the start, and who looks after stuck jobs."""

from django.core import checks
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.queries import SEE as SEE_JOBS
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.operations.checks import every_route_declares_its_access, the_database_engine_is_sound
from dorfplatz.villages.sockets import SettingsPage, settings_pages

checks.register(every_route_declares_its_access, checks.Tags.security)
checks.register(the_database_engine_is_sound, checks.Tags.compatibility)
offer_capability(SEE_JOBS, _("see and settle stuck jobs"), Role.ADMIN)


def _stuck_jobs(_request: HttpRequest) -> str:
    return reverse("jobs:parked")


settings_pages.plug(
    "jobs",
    SettingsPage(_("Stuck jobs"), _("Mails and pictures that did not work out."), "hourglass", _stuck_jobs, SEE_JOBS),
    rank=90,
)
