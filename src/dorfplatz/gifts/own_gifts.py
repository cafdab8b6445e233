"""What a person gets and lets go of: her gifts, conversations about her, and those she has recorded for others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dorfplatz.gifts.enums import ConsentBy, GiftPart, Often, Way
from dorfplatz.gifts.models import Conversation, Gift
from dorfplatz.gifts.said import days_of, name_of
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.enums import SeenBy
from dorfplatz.members.sockets import Part, Row, personal_data


def _gifts_of(identity_id: int) -> QuerySet[Gift]:
    return Gift.objects.filter(owner=identity_id)


def _gifts(identity_id: int) -> Iterable[Row]:
    for gift in _gifts_of(identity_id).order_by("pk"):
        own = {name: getattr(gift, name) for name in ("part", "way", "often", "words", "language", "seen_by")}
        yield {"skill": name_of(gift), "weekdays": days_of(gift), **own, "added_at": gift.added_at}


def _about(identity_id: int) -> QuerySet[Conversation]:
    return Conversation.objects.filter(identity=identity_id)


def _conversations(identity_id: int) -> Iterable[Row]:
    about = _about(identity_id).select_related("area", "recorded_by").prefetch_related("gifts").order_by("pk")
    for told in about:
        own = {name: getattr(told, name) for name in TOLD if name not in ("area", "recorded_by", "gifts")}
        by = told.recorded_by.name if told.recorded_by else ""
        gifts = "; ".join(f"{gift.get_way_display()}: {name_of(gift)}" for gift in told.gifts.all())
        yield {**own, "area": told.area.name, "recorded_by": by, "gifts": gifts}


def _recorded_by(identity_id: int) -> QuerySet[Conversation]:
    return Conversation.objects.filter(recorded_by=identity_id)


def _recorded(identity_id: int) -> Iterable[Row]:
    for told in _recorded_by(identity_id).select_related("area").order_by("pk"):
        yield {"area": told.area.name, "recorded_at": told.recorded_at, "until": told.until}


def _let_recorded_go(identity_id: int, by: Actor, now: datetime) -> None:
    """What others told her is theirs: it stays until its day, for the other connectors of the village."""
    del by, now
    _recorded_by(identity_id).update(recorded_by=None)


TOLD = {
    "recorded_at": _("Written down"), "recorded_by": pgettext_lazy("conversation", "By"), "area": _("Village"),
    "phone": _("Telephone"), "consent_by": _("How you agreed"), "consent_words": _("In these words"),
    "purpose": _("What for"), "until": _("Erased on"), "gifts": _("What you can and like"), "notes": _("Notes"),
    "next_steps": _("What was agreed"),
}  # fmt: skip


def plug_own_gifts() -> None:
    personal_data.plug("gifts", Part(
        _("What you can and like to share"),
        {
            "skill": pgettext_lazy("gift", "What"), "words": _("In your words"), "language": _("Language"),
            "part": pgettext_lazy("gift", "From where"), "way": pgettext_lazy("gift", "How"),
            "often": _("How often"), "weekdays": _("Days"), "seen_by": _("Who may know"), "added_at": _("Added"),
        },
        _gifts, there=_gifts_of,
        words={
            "part": dict(GiftPart.choices), "way": dict(Way.choices), "often": dict(Often.choices),
            "seen_by": dict(SeenBy.choices),
        },
    ), rank=64)  # fmt: skip
    personal_data.plug("conversations", Part(
        _("Conversations with you that your Buurtverbinder has written down"), TOLD, _conversations, there=_about,
        words={"consent_by": dict(ConsentBy.choices)},
    ), rank=65)  # fmt: skip
    personal_data.plug("conversations_recorded", Part(
        _("Conversations with others that you have written down"),
        {"area": _("Village"), "recorded_at": _("Written down"), "until": _("Erased on")},
        _recorded, _let_recorded_go, there=_recorded_by,
        stays=_("What others told you stays until its day, without your name."),
    ), rank=66)  # fmt: skip
    plug_tables()


def plug_tables() -> None:
    tables.plug("gifts.Gift", Kept(
        _("What you can, like to do with others, or would like to learn"),
        _("So that neighbours find each other; those you have named may know, and nobody else."),
        _("Until you take it back, and not longer than you are here. What you told in a conversation as long as that."),
        Basis.CONSENT,
        ("owner", "conversation", "part", "way", "often", "weekdays", "skill", "words", "language", "seen_by",
         "added_at"),
        subject="owner_id", part="gifts", secret=("owner", "conversation"),
    ), rank=64)  # fmt: skip
    tables.plug("gifts.Conversation", Kept(
        _("What you told your Buurtverbinder in a conversation"),
        _("So that she can bring you together with others. Only the village’s Buurtverbinder read it."),
        _("As long as you agreed to, a year at most; it is gone at once when you take your consent back."),
        Basis.CONSENT,
        ("area", "identity", "name", "phone", "recorded_by", "recorded_at", "consent_by", "consent_words", "purpose",
         "until", "notes", "next_steps"),
        subject="identity_id", part="conversations", secret=("identity", "name"),
    ), rank=65)  # fmt: skip
