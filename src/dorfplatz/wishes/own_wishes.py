"""What a person has wished, joined in, answered and typed off, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.journal.actions import touch_things
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import Part, Row, TitleOf, personal_data
from dorfplatz.wishes.enums import Mood, Status
from dorfplatz.wishes.models import FlipChart, MeToo, Reply, Wish


def _wishes_of(identity_id: int) -> QuerySet[Wish]:
    return Wish.objects.filter(entry__author=identity_id)


def _wishes(identity_id: int) -> Iterable[Row]:
    for wish in _wishes_of(identity_id).select_related("entry").order_by("pk"):
        said = {name: getattr(wish, name) for name in ("mood", "status", "on_paper", "answered_at")}
        yield {"entry": wish.entry.title, **said}


def _me_toos_of(identity_id: int) -> QuerySet[MeToo]:
    return MeToo.objects.filter(identity=identity_id)


def _me_toos(identity_id: int) -> Iterable[Row]:
    for row in _me_toos_of(identity_id).select_related("wish__entry").order_by("pk"):
        yield {"entry": TitleOf(row.wish.entry.title, row.wish_id), "said_at": row.said_at}


def _let_me_toos_go(identity_id: int, _by: Actor, _now: datetime) -> None:
    mine = _me_toos_of(identity_id)
    touch_things([f"entry:{pk}" for pk in mine.values_list("wish_id", flat=True)])
    mine.delete()


def _replies_of(identity_id: int) -> QuerySet[Reply]:
    return Reply.objects.filter(said_by=identity_id)


def _replies(identity_id: int) -> Iterable[Row]:
    for reply in _replies_of(identity_id).select_related("wish__entry").order_by("pk"):
        said = {name: getattr(reply, name) for name in ("status", "words", "said_at")}
        yield {"entry": TitleOf(reply.wish.entry.title, reply.wish_id), **said}


def _let_replies_go(identity_id: int, _by: Actor, _now: datetime) -> None:
    """They stay, without a name; what names the person goes."""
    is_named = naming(identity_id)
    going = [reply.pk for reply in _replies_of(identity_id) if is_named(reply.words)]
    Reply.objects.filter(pk__in=going).delete()


def _charts_of(identity_id: int) -> QuerySet[FlipChart]:
    return FlipChart.objects.filter(typed_by=identity_id)


def _charts(identity_id: int) -> Iterable[Row]:
    for chart in _charts_of(identity_id).order_by("pk"):
        yield {name: getattr(chart, name) for name in ("place", "held_on", "typed_at")}


def plug_own_wishes() -> None:
    while_it_stands = _("As long as the wish stands.")
    entry = _("Wish")
    personal_data.plug("wishes", Part(
        _("How your wishes begin, and how far they are"),
        {"entry": entry, "mood": _("Mood"), "status": _("How far it is"), "on_paper": _("“Me too” on paper"),
         "answered_at": _("Answered")},
        _wishes, words={"mood": dict(Mood.choices), "status": dict(Status.choices)}, there=_wishes_of,
    ), rank=73)  # fmt: skip
    personal_data.plug("me_toos", Part(
        _("Wishes that you joined in"), {"entry": entry, "said_at": _("When")}, _me_toos, _let_me_toos_go,
        there=_me_toos_of,
    ), rank=74)  # fmt: skip
    personal_data.plug("wish_replies", Part(
        _("What you said to wishes as a connector"),
        {"entry": entry, "status": _("How far it is"), "words": _("Text"), "said_at": _("When")}, _replies,
        _let_replies_go, stays=_("What you answered stays, without your name. What names you goes with you."),
        words={"status": dict(Status.choices)}, there=_replies_of,
    ), rank=75)  # fmt: skip
    personal_data.plug("flipcharts", Part(
        _("Flip charts that you typed off"),
        {"place": _("Where"), "held_on": _("Day"), "typed_at": _("Typed off")}, _charts,
        stays=_("What was typed off stays, without your name."), there=_charts_of,
    ), rank=76)  # fmt: skip
    tables.plug("wishes.Wish", Kept(
        _("What your wishes say besides their text"), _("So that it is seen what the village lacks and likes."),
        while_it_stands, Basis.MEMBERSHIP, ("mood", "status", "on_paper", "answered_at", "set_out_by"),
        subject="entry__author_id", part="wishes", secret=("set_out_by",),
    ), rank=48)  # fmt: skip
    tables.plug("wishes.MeToo", Kept(
        _("“Me too”: in which wishes you join"),
        _("So that it is seen how many wish it, and connectors can bring people together."),
        _("Until you take it back, and not longer than you are here."), Basis.MEMBERSHIP, ("identity", "said_at"),
        subject="identity_id", part="me_toos", secret=("identity",),
    ), rank=49)  # fmt: skip
    tables.plug("wishes.Reply", Kept(
        _("What connectors answer"), _("So that nobody wishes in vain."), while_it_stands, Basis.MEMBERSHIP,
        ("said_by", "status", "words", "said_at"), subject="said_by_id", part="wish_replies", secret=("said_by",),
    ), rank=50)  # fmt: skip
    tables.plug("wishes.FlipChart", Kept(
        _("Flip charts from the market stand"), _("So that it is known where and when something was said."),
        _("For good; photos that may show names, half a year."), Basis.MEMBERSHIP,
        ("typed_by", "place", "held_on", "typed_at"), subject="typed_by_id", part="flipcharts", secret=("typed_by",),
    ), rank=51)  # fmt: skip
