"""What matching plugs into lower floors."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from dorfplatz.entries.facts import EntryChanged, EntryPublished
from dorfplatz.jobs.queue import enqueue
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.actor import VISITOR, system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.matching.actions import withdraw_people
from dorfplatz.matching.adapters.exchange import plug_exchange
from dorfplatz.matching.adapters.gifts import plug_gifts
from dorfplatz.matching.adapters.places import plug_places
from dorfplatz.matching.adapters.wishes import plug_wishes
from dorfplatz.matching.calls import plug_calls
from dorfplatz.matching.duties import plug_duties
from dorfplatz.matching.enums import INTRODUCE
from dorfplatz.matching.own_matching import plug_own_matching
from dorfplatz.members.enums import Role
from dorfplatz.members.facts import MandateEnded
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import helpers_of
from dorfplatz.members.sockets import offer_capability
from dorfplatz.ui.sockets import Door, account, menu
from dorfplatz.villages.sockets import Whereabouts, whereabouts

_TASKS = "dorfplatz.matching.tasks."
COUNTED, SOON = frozenset({"ask", "offer", "wish"}), timedelta(minutes=2)


def _introduces(request: HttpRequest) -> bool:
    viewer, municipality = getattr(request, "viewer", None), getattr(request, "municipality", None)
    return bool(municipality and viewer and viewer.is_member and viewer.holds_within(INTRODUCE, municipality.path))


def _is_member(request: HttpRequest) -> bool:
    return bool(getattr(request, "viewer", VISITOR).is_member)


def _introductions(_request: HttpRequest) -> str:
    return reverse("matching:introductions")


def _mine(_request: HttpRequest) -> str:
    return reverse("matching:mine")


def _withdraw(fact: MandateEnded) -> None:
    """Her consent is gone: so is every introduction of hers, unless somebody else acts for her."""
    now = timezone.now()
    person = Identity.objects.get(pk=fact.identity_id)
    if not helpers_of(person, now=now).exists():
        withdraw_people([person.pk], by=system("consent"), now=now)


def _changed(fact: EntryPublished | EntryChanged) -> None:
    """Soon, and once for many: what is new may fit something."""
    if fact.kind in COUNTED:
        enqueue(f"{_TASKS}count_all_standing", key="matching.standing", run_after=timezone.now() + SOON)


offer_capability(INTRODUCE, gettext_lazy("bring two people together"), Role.CONNECTOR)
plug_exchange()
plug_gifts()
plug_places()
plug_wishes()
plug_duties()
plug_calls()
plug_own_matching()
account.plug(
    "matching.introductions",
    Door("introductions", gettext_lazy("Introductions"), "link", _introductions, available=_introduces, prefix=False),
    rank=21,
)  # fmt: skip
menu.plug("matching.mine", Door("met", gettext_lazy("Introduced to me"), "users", _mine, "", _is_member), rank=46)
subscribe(MandateEnded, _withdraw)
subscribe(EntryPublished, _changed)
subscribe(EntryChanged, _changed)
# No page that is kept for visitors shows any of these.
whereabouts.plug("matching.introductions", Whereabouts("introduction", None))
periodic.plug("matching.count", Periodic(f"{_TASKS}count_all_standing", timedelta(hours=1), timedelta(minutes=10)))
periodic.plug("matching.end", Periodic(f"{_TASKS}end_waiting_introductions", timedelta(days=1), timedelta(hours=5)))
periodic.plug(
    "matching.erase", Periodic(f"{_TASKS}erase_introductions_long_over", timedelta(days=1), timedelta(hours=3))
)
