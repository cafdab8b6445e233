"""What a person has chosen and was told, as she gets it, and for how long it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.enums import Rhythm, Way
from dorfplatz.channels.models import Letter, Note, Preferences, PushSubscription, Watch
from dorfplatz.channels.sockets import sorts
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.sockets import Part, Row, personal_data

UNTIL_LEFT = _("Until you choose otherwise, and 30 days after you have left.")
CHOSEN = ("rhythm", "areas", "with_neighbours", "left_out", "ways", "quiet_from", "quiet_until", "changed_at")


def _preferences_of(identity_id: int) -> QuerySet[Preferences]:
    return Preferences.objects.filter(identity=identity_id)


def _preferences(identity_id: int) -> Iterable[Row]:
    yield from _preferences_of(identity_id).values(*CHOSEN)


def _watches_of(identity_id: int) -> QuerySet[Watch]:
    return Watch.objects.filter(identity=identity_id)


def _watches(identity_id: int) -> Iterable[Row]:
    for watch in _watches_of(identity_id).select_related("area").order_by("pk"):
        yield {
            "area": watch.area.name, "section": watch.section, "words": watch.words, "way": watch.way,
            "made_at": watch.made_at,
        }  # fmt: skip


def _notes(identity_id: int) -> Iterable[Row]:
    found = Note.objects.filter(identity=identity_id).order_by("pk")
    for row in found.values("sort", "key", "about", "way", "made_at", "read_at", "carried_at"):
        sort = sorts.get(row["sort"])
        yield {**row, "sort": str(sort.label) if sort else row["sort"]}


def _letters(identity_id: int) -> Iterable[Row]:
    yield from Letter.objects.filter(identity=identity_id).order_by("pk").values("slot", "is_sent", "made_at")


def _devices_of(identity_id: int) -> QuerySet[PushSubscription]:
    return PushSubscription.objects.filter(identity=identity_id)


def _devices(identity_id: int) -> Iterable[Row]:
    for device in _devices_of(identity_id).order_by("pk"):
        yield {"service": urlsplit(device.endpoint).hostname or "", "made_at": device.made_at}


def plug_own_channels() -> None:
    ways = {"way": dict(Way.choices)}
    personal_data.plug("preferences", Part(
        _("What you want to hear of"),
        {
            "rhythm": _("How often"), "areas": _("Villages"), "with_neighbours": _("With the neighbours"),
            "left_out": _("Not wanted"), "ways": _("How you are told"), "quiet_from": _("Quiet from"),
            "quiet_until": _("until"), "changed_at": _("Chosen"),
        },
        _preferences, words={"rhythm": dict(Rhythm.choices)}, there=_preferences_of,
    ), rank=60)  # fmt: skip
    personal_data.plug("watches", Part(
        _("What you wanted to be told of"),
        {"area": _("Where"), "section": _("What"), "words": _("Words"), "way": _("How"), "made_at": _("Since")},
        _watches, words=ways, there=_watches_of,
    ), rank=61)  # fmt: skip
    personal_data.plug("notes", Part(
        _("What you were told, of the last three months"),
        {
            "sort": _("What"), "key": _("Number"), "about": _("About"), "way": _("How"), "made_at": _("Told"),
            "read_at": _("Read at"), "carried_at": _("By mail"),
        },
        _notes, words=ways,
    ), rank=62)  # fmt: skip
    personal_data.plug("letters", Part(
        _("Letters to you, of the last three months"),
        {"slot": _("Which letter"), "is_sent": _("Sent"), "made_at": _("Written")}, _letters,
    ), rank=63)  # fmt: skip
    personal_data.plug("devices", Part(
        _("Devices on which notes show"), {"service": _("By way of"), "made_at": _("Since")}, _devices,
        there=_devices_of,
    ), rank=64)  # fmt: skip
    tables.plug("channels.PushSubscription", Kept(
        _("Devices on which you want notes to show"), _("To show them there."),
        _("Until you switch it off or the device is gone, and 30 days after you have left."), Basis.CONSENT,
        ("identity", "endpoint", "endpoint_hash", "p256dh", "auth", "made_at"), subject="identity_id", part="devices",
        secret=("identity", "endpoint", "endpoint_hash", "p256dh", "auth"),
    ), rank=65)  # fmt: skip
    tables.plug("channels.Letter", Kept(
        _("That you got the letter"), _("So that you get it once."), _("Three months."), Basis.MEMBERSHIP,
        ("identity", "slot", "is_sent", "made_at"), subject="identity_id", part="letters", secret=("identity",),
    ), rank=64)  # fmt: skip
    tables.plug("channels.Preferences", Kept(
        _("What you want to hear of, and when not"), _("So that you get what you want and nothing else."), UNTIL_LEFT,
        Basis.MEMBERSHIP, ("identity", *CHOSEN), subject="identity_id", part="preferences", secret=("identity",),
    ), rank=61)  # fmt: skip
    tables.plug("channels.Watch", Kept(
        _("What you wanted to be told of"), _("To tell you."), UNTIL_LEFT, Basis.MEMBERSHIP,
        ("identity", "area", "section", "words", "way", "made_at"), subject="identity_id", part="watches",
        secret=("identity",),
    ), rank=62)  # fmt: skip
    tables.plug("channels.Note", Kept(
        _("What you were told"), _("So that you find it again, and are told once."), _("Three months."),
        Basis.MEMBERSHIP,
        ("identity", "sort", "key", "entry", "told_by", "about", "way", "made_at", "read_at", "carried_at"),
        subject="identity_id", part="notes", secret=("identity", "entry", "told_by"),
    ), rank=63)  # fmt: skip
