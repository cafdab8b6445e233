"""What there is of a person in introductions, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.matching.actions import withdraw_people
from dorfplatz.matching.enums import State
from dorfplatz.matching.models import AskedPerson, Introduction, Passed, Standing
from dorfplatz.members.sockets import Part, Row, personal_data

QUARTER = _("Until 90 days after it has ended, and not longer than you are here.")
ASKED = ("thing", "said_yes_at", "thanked_at")
LED = ("theme", "state", "proposed_at", "introduced_at", "ended_at")


def _asked_of(identity_id: int) -> QuerySet[AskedPerson]:
    return AskedPerson.objects.filter(identity=identity_id)


def _asked(identity_id: int) -> Iterable[Row]:
    for person in _asked_of(identity_id).select_related("introduction").order_by("pk"):
        introduction = person.introduction
        told = {name: getattr(introduction, name) for name in LED}
        yield {**{name: getattr(person, name) for name in ASKED}, **told}


def _let_asked_go(identity_id: int, by: Actor, now: datetime) -> None:
    """One of two has gone: nothing is left of it."""
    del by
    withdraw_people([identity_id], by=system("farewell"), now=now)


def _led_of(identity_id: int) -> QuerySet[Introduction]:
    return Introduction.objects.filter(connector=identity_id)


def _led(identity_id: int) -> Iterable[Row]:
    yield from _led_of(identity_id).order_by("pk").values("state", "proposed_at", "introduced_at", "ended_at")


def _let_led_go(identity_id: int, by: Actor, now: datetime) -> None:
    del by, now
    _led_of(identity_id).update(connector=None)
    AskedPerson.objects.filter(said_yes_to=identity_id).update(said_yes_to=None)


def _passed_of(identity_id: int) -> QuerySet[Passed]:
    return Passed.objects.filter(by=identity_id)


def _passed(identity_id: int) -> Iterable[Row]:
    yield from _passed_of(identity_id).order_by("pk").values("pair", "at")


def _let_passed_go(identity_id: int, by: Actor, now: datetime) -> None:
    del by, now
    _passed_of(identity_id).update(by=None)


def _standing_of(identity_id: int) -> QuerySet[Standing]:
    return Standing.objects.filter(connector=identity_id)


def _standing(identity_id: int) -> Iterable[Row]:
    yield from _standing_of(identity_id).order_by("pk").values("pair", "since")


def _let_standing_go(identity_id: int, by: Actor, now: datetime) -> None:
    del by, now
    _standing_of(identity_id).delete()


def plug_own_matching() -> None:
    when = {"proposed_at": _("Proposed"), "introduced_at": _("Introduced"), "ended_at": _("Ended")}
    states = {"state": dict(State.choices)}
    personal_data.plug("introductions", Part(
        _("Introductions you are asked for"),
        {
            "thing": _("What it is about"), "said_yes_at": _("You said yes"), "thanked_at": _("You said thank you"),
            "theme": _("Theme"), "state": _("How far it is"), **when,
        },
        _asked, _let_asked_go, words=states, there=_asked_of,
    ), rank=85)  # fmt: skip
    personal_data.plug("introductions_led", Part(
        _("Introductions you made as a Buurtverbinder"), {"state": _("How far it is"), **when}, _led, _let_led_go,
        stays=_("Introductions that run stay until they end, without your name."), words=states,
        there=_led_of, is_raw=True,
    ), rank=86)  # fmt: skip
    personal_data.plug("introductions_passed", Part(
        _("What you found not to fit, as a Buurtverbinder"), {"pair": _("What it is about"), "at": _("When")}, _passed,
        _let_passed_go, stays=_("That it does not fit stays for half a year, without your name."),
        there=_passed_of, is_raw=True,
    ), rank=87)  # fmt: skip
    personal_data.plug("suggestions", Part(
        _("What might fit, as a Buurtverbinder"), {"pair": _("What it is about"), "since": _("When")}, _standing,
        _let_standing_go, there=_standing_of, is_raw=True,
    ), rank=88)  # fmt: skip
    tables.plug("matching.Standing", Kept(
        _("What might fit"), _("So that a Buurtverbinder sees it without waiting."), _("As long as it fits."),
        Basis.PUBLIC_TASK, ("connector", "area", "pair", "needs", "has", "gift", "since"), subject="connector_id",
        part="suggestions", secret=("connector", "area", "needs", "has", "gift"),
    ), rank=88)  # fmt: skip
    tables.plug("matching.AskedPerson", Kept(
        _("Whether you would like to be introduced"), _("So that two hear of each other only when both want to."),
        QUARTER, Basis.CONSENT, ("introduction", "identity", *ASKED, "said_yes_to"), subject="identity_id",
        part="introductions", secret=("introduction", "identity", "said_yes_to"),
    ), rank=85)  # fmt: skip
    tables.plug("matching.Introduction", Kept(
        _("Introductions"), _("So that a Buurtverbinder can bring two people together."), QUARTER, Basis.PUBLIC_TASK,
        ("area", "connector", "pair", "needs", "has", "gift", *LED), subject="connector_id", part="introductions_led",
        secret=("area", "connector", "pair", "needs", "has", "gift", "theme"),
    ), rank=86)  # fmt: skip
    tables.plug("matching.Passed", Kept(
        _("What a Buurtverbinder found not to fit"), _("So that it is not suggested again."), _("Half a year."),
        Basis.PUBLIC_TASK, ("area", "pair", "by", "at"), subject="by_id", part="introductions_passed",
        secret=("area", "by"),
    ), rank=87)  # fmt: skip
