"""What a person has made of papers, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.sockets import Part, Row, personal_data
from dorfplatz.noticeboard.enums import Shape
from dorfplatz.noticeboard.models import Paper, PaperSubscription

FIELDS = ("starts_on", "greeting", "begun_at")
ASKED = ("form", "language", "asked_at")


def _papers_of(identity_id: int) -> QuerySet[Paper]:
    return Paper.objects.filter(begun_by=identity_id)


def _papers(identity_id: int) -> Iterable[Row]:
    for paper in _papers_of(identity_id).select_related("area").order_by("pk"):
        yield {"area": str(paper.area), **{name: getattr(paper, name) for name in FIELDS}}


def _subscriptions_of(identity_id: int) -> QuerySet[PaperSubscription]:
    return PaperSubscription.objects.filter(identity=identity_id)


def _subscriptions(identity_id: int) -> Iterable[Row]:
    for row in _subscriptions_of(identity_id).select_related("area").order_by("pk"):
        yield {"area": str(row.area), **{name: getattr(row, name) for name in ASKED}}


def _let_go(identity_id: int, by: Actor, now: datetime) -> None:
    """The paper is the village's; who began it is forgotten."""
    del by, now
    _papers_of(identity_id).update(begun_by=None)


def plug_own_papers() -> None:
    personal_data.plug("papers", Part(
        _("Village papers you began"),
        {"area": _("Village"), "starts_on": _("From"), "greeting": _("Greeting"), "begun_at": _("Begun")},
        _papers, _let_go, stays=_("The papers stay, as they are the village’s, without your name."),
        there=_papers_of,
    ), rank=72)  # fmt: skip
    tables.plug("noticeboard.Paper", Kept(
        _("Village papers, and who began them"), _("So that those in charge know whom to ask."),
        _("As long as the village has its papers; your name no longer than you are here."), Basis.MEMBERSHIP,
        ("begun_by", *FIELDS), subject="begun_by_id", part="papers", secret=("begun_by",),
    ), rank=56)  # fmt: skip
    personal_data.plug("paper_subscriptions", Part(
        _("Village papers you get by mail"),
        {"area": _("Village"), "form": _("Sheet"), "language": _("Language"), "asked_at": _("Since")},
        _subscriptions, words={"form": dict(Shape.choices)}, there=_subscriptions_of,
    ), rank=73)  # fmt: skip
    tables.plug("noticeboard.PaperSubscription", Kept(
        _("Village papers you get by mail"), _("To send them to you."),
        _("Until you end it, and 30 days after you have left."), Basis.CONSENT, ("identity", "area", *ASKED),
        subject="identity_id", part="paper_subscriptions", secret=("identity",),
    ), rank=57)  # fmt: skip
