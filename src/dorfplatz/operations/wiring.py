"""What this app plugs into lower floors: its checks at the start, and who looks after stuck jobs."""

from datetime import timedelta

from django.core import checks
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.queries import SEE as SEE_JOBS
from dorfplatz.jobs.queue import enqueue
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.journal.facts import ErasedForGood
from dorfplatz.kernel.facts import subscribe
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.operations.checks import every_route_declares_its_access, the_database_engine_is_sound
from dorfplatz.operations.queries import SEE
from dorfplatz.villages.sockets import SettingsPage, settings_pages


def _note_erasures(_fact: ErasedForGood) -> None:
    enqueue("dorfplatz.operations.tasks.note_erasures")


subscribe(ErasedForGood, _note_erasures)
checks.register(every_route_declares_its_access, checks.Tags.security)
checks.register(the_database_engine_is_sound, checks.Tags.compatibility)
offer_capability(SEE, _("see how the installation is doing"), Role.ADMIN)
offer_capability(SEE_JOBS, _("see and settle stuck jobs"), Role.ADMIN)


def _stuck_jobs(_request: HttpRequest) -> str:
    return reverse("jobs:parked")


settings_pages.plug(
    "jobs",
    SettingsPage(_("Stuck jobs"), _("Mails and pictures that did not work out."), "hourglass", _stuck_jobs, SEE_JOBS),
    rank=90,
)


def _state(_request: HttpRequest) -> str:
    return reverse("operating:state")


settings_pages.plug(
    "operating",
    SettingsPage(
        _("How the square is doing"),
        _("Backups, mail, disk: what is well and what is not."),
        "circle-check",
        _state,
        SEE,
    ),
    rank=95,
)
# At night, in UTC: the backup at half past one, the trial of the newest on Sundays at three.
periodic.plug(
    "operations.backup",
    Periodic("dorfplatz.operations.tasks.back_up", every=timedelta(days=1), offset=timedelta(hours=1, minutes=30)),
)
periodic.plug(
    "operations.trial",
    Periodic("dorfplatz.operations.tasks.try_backup", every=timedelta(days=7), offset=timedelta(days=6, hours=3)),
)
# What was erased is out of the database's log within the hour.
periodic.plug("operations.log", Periodic("dorfplatz.operations.tasks.empty_log", every=timedelta(hours=1)))
# And out of the pages of its file in the night after, when hardly anybody writes.
periodic.plug(
    "operations.rewriting",
    Periodic(
        "dorfplatz.operations.tasks.rewrite_database", every=timedelta(days=1), offset=timedelta(hours=3, minutes=40)
    ),
)
