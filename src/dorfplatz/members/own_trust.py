"""What members has about by whom a person is known, as the person gets it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.media.actions import erase_picture
from dorfplatz.members.enums import ConsentBy, ProfileField, SeenBy, WordAs
from dorfplatz.members.models import HomeBesides, Mandate, Portrait, ProfileLine, Vouch
from dorfplatz.members.own_pictures import largest_copy
from dorfplatz.members.sockets import Part, Row, personal_data

UNTIL_LEFT = _("Until 30 days after you have left.")


def _words_of(identity_id: int) -> QuerySet[Vouch]:
    return Vouch.objects.filter(Q(newcomer=identity_id) | Q(by=identity_id))


def _words(identity_id: int) -> Iterable[Row]:
    said = _words_of(identity_id).order_by("said_at", "pk")
    columns = ("by__name", "newcomer__name", "given_as", "backer", "said_at", "withdrawn_at")
    return (dict(zip(WORDS, row, strict=True)) for row in said.values_list(*columns))


def _homes_of(identity_id: int) -> QuerySet[HomeBesides]:
    return HomeBesides.objects.filter(identity=identity_id)


def _homes(identity_id: int) -> Iterable[Row]:
    homes = _homes_of(identity_id).order_by("since", "pk")
    return ({"area": area, "since": since} for area, since in homes.values_list("area__name", "since"))


def _profile_of(identity_id: int) -> QuerySet[ProfileLine]:
    return ProfileLine.objects.filter(identity=identity_id)


def _profile(identity_id: int) -> Iterable[Row]:
    return _profile_of(identity_id).order_by("pk").values("field", "value", "seen_by")


def _mandates_of(identity_id: int) -> QuerySet[Mandate]:
    return Mandate.objects.filter(Q(person=identity_id) | Q(helper=identity_id))


def _portrait_of(identity_id: int) -> QuerySet[Portrait]:
    return Portrait.objects.filter(identity=identity_id).select_related("picture")


def _portrait(identity_id: int) -> Iterable[Row]:
    for shown in _portrait_of(identity_id):
        yield {"file": largest_copy(shown.picture), "seen_by": shown.seen_by, "since": shown.since}


def _let_go_portrait(identity_id: int, by: Actor, now: datetime) -> None:
    for shown in _portrait_of(identity_id):
        erase_picture(shown.picture, by=by, now=now)


def _mandates(identity_id: int) -> Iterable[Row]:
    given = _mandates_of(identity_id).order_by("given_at", "pk")
    columns = ("person__name", "helper__name", "consent_by", "purpose", "phone", "given_at", "until", "ended_at")
    return (dict(zip(MANDATE, row, strict=True)) for row in given.values_list(*columns))


MANDATE = {
    "person": _("For whom"), "helper": _("By whom"), "consent_by": _("How agreed"), "purpose": _("What for"),
    "phone": _("Telephone"), "given_at": _("Since"), "until": _("Until"), "ended_at": _("Ended"),
}  # fmt: skip


def _let_go_words(identity_id: int, _by: Actor, _now: datetime) -> None:
    """Words that counted stand without a name. Those that did not would begin to, so they go."""
    hers = Vouch.objects.filter(by=identity_id)
    hers.filter(Q(by__is_known=False) | Q(newcomer__is_known=False)).delete()


WORDS = {
    "by": _("Whose word"), "newcomer": _("For whom"), "given_as": _("As what"), "backer": _("In whose name"),
    "said_at": _("When"), "withdrawn_at": _("Taken back"),
}  # fmt: skip


def plug_trust() -> None:
    personal_data.plug("words", Part(
        _("By whose word you are known, and who by yours"), WORDS, _words, _let_go_words,
        stays=_("Your word for others stays without your name."), words={"given_as": dict(WordAs.choices)},
        there=_words_of,
    ), rank=21)  # fmt: skip
    personal_data.plug("homes", Part(
        _("Villages in which you are at home besides"), {"area": _("Where"), "since": _("Since")}, _homes,
        there=_homes_of,
    ), rank=22)  # fmt: skip
    personal_data.plug("profile", Part(
        _("What stands on your page"), {"field": _("What"), "value": _("Text"), "seen_by": _("Who reads it")}, _profile,
        words={"field": dict(ProfileField.choices), "seen_by": dict(SeenBy.choices)}, there=_profile_of,
    ), rank=11)  # fmt: skip
    personal_data.plug("portrait", Part(
        _("The picture of you"), {"file": _("File"), "seen_by": _("Who sees it"), "since": _("Since")}, _portrait,
        _let_go_portrait, words={"seen_by": dict(SeenBy.choices)}, there=_portrait_of,
    ), rank=11)  # fmt: skip
    personal_data.plug("mandates", Part(
        _("Who acts for whom without internet"), MANDATE, _mandates, words={"consent_by": dict(ConsentBy.choices)},
        there=_mandates_of,
    ), rank=23)  # fmt: skip
    tables.plug("members.Mandate", Kept(
        _("Who acts for somebody without internet, and to what she agreed"), _("To be able to show that she agreed."),
        _("Until she takes it back or it runs out; then everything about her is erased."), Basis.CONSENT,
        ("person", "helper", "consent_by", "purpose", "phone", "given_at", "until", "ended_at"), subject="person_id",
        part="mandates", secret=("person", "helper"),
    ), rank=17)  # fmt: skip
    tables.plug("members.ProfileLine", Kept(
        _("What you say of yourself on your page"), _("So that neighbours find each other. You say who reads it."),
        _("Until you take it away or have left."), Basis.CONSENT, ("identity", "field", "value", "seen_by"),
        subject="identity_id", part="profile", secret=("identity",),
    ), rank=12)  # fmt: skip
    tables.plug("members.Portrait", Kept(
        _("The picture of you on your page"), _("So that neighbours recognise you. You say who sees it."),
        _("Until you take it away or have left."), Basis.CONSENT, ("identity", "picture", "seen_by", "since"),
        subject="identity_id", part="portrait", secret=("identity", "picture"),
    ), rank=12)  # fmt: skip
    tables.plug("members.Vouch", Kept(
        _("By whose word you are known"), _("So that neighbours can trust each other without an ID."),
        UNTIL_LEFT, Basis.MEMBERSHIP, ("newcomer", "by", "given_as", "backer", "said_at", "withdrawn_at"),
        subject="newcomer_id", part="words", secret=("newcomer", "by"),
    ), rank=15)  # fmt: skip
    tables.plug("members.HomeBesides", Kept(
        _("Villages in which you are at home besides"), _("So that you read there what is for members."),
        UNTIL_LEFT, Basis.MEMBERSHIP, ("identity", "area", "since"), subject="identity_id", part="homes",
        secret=("identity",),
    ), rank=16)  # fmt: skip
