"""What the call list keeps of a person: what she was told, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.intake.models import Told
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.sockets import Part, Row, personal_data


def _told_of(identity_id: int) -> QuerySet[Told]:
    return Told.objects.filter(Q(person=identity_id) | Q(by=identity_id))


def _told(identity_id: int) -> Iterable[Row]:
    """What somebody else said to her is not the connector's to take along."""
    for row in _told_of(identity_id).order_by("pk"):
        said = row.said if row.person_id == identity_id else ""
        yield {"key": row.key, "told_at": row.told_at, "said": said, "noted_at": row.noted_at}


def _let_go(identity_id: int, _by: Actor, _now: datetime) -> None:
    Told.objects.filter(person=identity_id).delete()


def plug_own_intake() -> None:
    personal_data.plug("told", Part(
        _("What you were told by telephone, or told others"),
        {
            "key": _("What it is about"), "told_at": _("Told by telephone"), "said": _("What you said"),
            "noted_at": _("Noted"),
        },
        _told, _let_go, stays=_("That others were told stays a quarter of a year, without your name."), there=_told_of,
    ), rank=85)  # fmt: skip
    tables.plug("intake.Told", Kept(
        _("What somebody without internet was told by telephone, and what she said"),
        _("So that she is rung once, and nothing is forgotten."),
        _("A quarter of a year, and no longer than her consent: when it ends or she takes it back, it is erased."),
        Basis.CONSENT, ("person", "key", "told_at", "said", "by", "noted_at"), subject="person_id", part="told",
        secret=("person", "by"),
    ), rank=85)  # fmt: skip
