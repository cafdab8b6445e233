"""What a person has written in letters, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.letters.actions import erase_unread_by_all, take_back_enclosures
from dorfplatz.letters.enclosing import open_document
from dorfplatz.letters.models import Enclosure, InFull, Letter, Seat, Thread
from dorfplatz.media.queries import open_copy
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import File, Part, Row, personal_data


def _rows(identity_id: int) -> Iterable[Row]:
    return Letter.objects.filter(author=identity_id).order_by("sent_at", "pk").values("text", "sent_at", "is_by_mail")


def _seats_of(identity_id: int) -> QuerySet[Seat]:
    return Seat.objects.filter(identity=identity_id)


def _seats(identity_id: int) -> Iterable[Row]:
    return _seats_of(identity_id).order_by("pk").values("read_until", "thrown_until")


def _enclosures_of(identity_id: int) -> QuerySet[Enclosure]:
    return Enclosure.objects.filter(letter__author=identity_id)


def _inside(identity_id: int) -> Iterable[Row]:
    mine = _enclosures_of(identity_id).select_related("letter").order_by("pk")
    return [{"name": one.name, "size": one.size, "sent_at": one.letter.sent_at} for one in mine]


def _files(identity_id: int) -> Iterable[File]:
    for one in _enclosures_of(identity_id).select_related("picture").order_by("pk"):
        copies = one.picture.renditions if one.picture else []
        largest = max(copies, key=lambda copy: (copy["format"] == "jpeg", copy["width"]), default=None)
        if one.token:
            yield f"letters/{one.pk}-{one.name}", partial(_document, one.token)
        elif largest:
            yield f"letters/{one.pk}.jpg", partial(_copy, largest["name"])


def _document(token: str) -> bytes:
    file = open_document(token)
    return file.read() if file else b""


def _copy(name: str) -> bytes:
    file = open_copy(name)
    return file.read() if file else b""


def _full_of(identity_id: int) -> QuerySet[InFull]:
    return InFull.objects.filter(identity=identity_id)


def _full(identity_id: int) -> Iterable[Row]:
    return _full_of(identity_id).values("since")


def _let_go(identity_id: int, by: Actor, now: datetime) -> None:
    """What others got stays with them, without a name; what names the person goes with her."""
    is_named = naming(identity_id)
    mine = Letter.objects.filter(author=identity_id)
    take_back_enclosures(identity_id, by=by, now=now)
    Letter.objects.filter(pk__in=[letter.pk for letter in mine if is_named(letter.text)]).delete()
    threads = list(Thread.objects.filter(seats__identity=identity_id, seats__is_desk=False))
    Seat.objects.filter(identity=identity_id, is_desk=True).delete()
    Seat.objects.filter(identity=identity_id).update(identity=None, read_until=None, thrown_until=None, handle="")
    Letter.objects.filter(author=identity_id).update(author=None)
    for thread in threads:
        Thread.objects.filter(pk=thread.pk).update(pair="")
        erase_unread_by_all(thread, by=by, now=now)


def plug_own_letters() -> None:
    words = {"text": _("Text"), "sent_at": _("Sent"), "is_by_mail": _("Answered by mail")}
    until = _("Until both have thrown it away, or both have left.")
    personal_data.plug("letters.written", Part(
        _("Letters you wrote"), words, _rows, _let_go,
        stays=_("What you wrote in letters stays with those who got it, without your name."),
    ), rank=66)  # fmt: skip
    personal_data.plug("letters.inside", Part(
        _("What lies in your letters"), {"name": _("Name"), "size": _("Bytes"), "sent_at": _("Sent")}, _inside,
        files=_files, there=_enclosures_of,
    ), rank=66)  # fmt: skip
    personal_data.plug("letters.in_full", Part(
        _("That letters come to you by mail as they are"), {"since": _("Since")}, _full,
        there=_full_of,
    ), rank=67)  # fmt: skip
    personal_data.plug("letters.read", Part(
        _("Up to when you read letters"), {"read_until": _("Read until"), "thrown_until": _("Thrown away until")},
        _seats, is_raw=True, there=_seats_of,
    ), rank=67)  # fmt: skip
    tables.plug("letters.Letter", Kept(
        _("Your letters"), _("So that the person you write to can read them. Nobody else does."), until,
        Basis.MEMBERSHIP, ("author", "text", "sent_at", "is_by_mail"), subject="author_id",
        part="letters.written", secret=("author",),
    ), rank=48)  # fmt: skip
    tables.plug("letters.Seat", Kept(
        _("With whom you write, and up to when you have read"), _("So that you see what is new; nobody else does."),
        until, Basis.MEMBERSHIP, ("identity", "read_until", "thrown_until", "handle"), subject="identity_id",
        part="letters.read", secret=("identity", "handle"),
    ), rank=49)  # fmt: skip
    tables.plug("letters.Enclosure", Kept(
        _("What lies in your letters"), _("So that the person you write to gets it. Nobody else does."),
        _("As long as the letter, at most until you leave."), Basis.MEMBERSHIP, ("picture", "name", "size"),
        subject="letter__author_id", part="letters.inside", secret=("picture",),
    ), rank=49)  # fmt: skip
    tables.plug("letters.InFull", Kept(
        _("That letters come to you by mail as they are"), _("So that you can read and answer them there."),
        _("Until you choose otherwise."), Basis.MEMBERSHIP, ("identity", "since"), subject="identity_id",
        part="letters.in_full", secret=("identity",),
    ), rank=49)  # fmt: skip
