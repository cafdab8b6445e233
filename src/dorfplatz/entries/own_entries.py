"""What a person has written on the square, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import erase_entries
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry, EntryVersion
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import Part, Row, personal_data


def _rows(identity_id: int) -> Iterable[Row]:
    for entry in Entry.objects.filter(author=identity_id).prefetch_related("texts").order_by("pk"):
        yield {
            **{key: getattr(entry, key) for key in PART.fields if key != "texts"},
            "texts": [{"language": t.language, "title": t.title, "body": t.body} for t in entry.texts_by_people],
        }


def _let_go(identity_id: int, by: Actor, now: datetime) -> None:
    """What others could read stays, without an author; what names the person goes, and so do drafts."""
    is_named = naming(identity_id)
    mine = Entry.objects.filter(author=identity_id).prefetch_related("texts")
    going = [
        entry.pk
        for entry in mine
        if entry.state in (State.DRAFT, State.WAITING)
        or is_named(entry.title, entry.body, *(word for t in entry.texts_by_people for word in (t.title, t.body)))
    ]
    erase_entries(going, by=by, now=now)
    EntryVersion.objects.filter(Q(entry__author=identity_id) | Q(written_by=identity_id)).delete()


def _versions_of(identity_id: int) -> QuerySet[EntryVersion]:
    return EntryVersion.objects.filter(written_by=identity_id)


def _versions(identity_id: int) -> Iterable[Row]:
    for version in _versions_of(identity_id).order_by("pk"):
        yield {key: getattr(version, key) for key in VERSIONS}


VERSIONS = {
    "title": _("Title"), "body": _("Text"), "language": _("Language"), "written_at": _("Written"),
    "replaced_at": _("Changed"),
}  # fmt: skip
PART = Part(
    _("What you wrote"),
    {
        "code": _("Number"), "title": _("Title"), "body": _("Text"), "language": _("Language"), "texts": _("Versions"),
        "state": _("State"), "audience": _("For whom"), "created_at": _("Written"), "changed_at": _("Changed"),
    },
    _rows,
    _let_go,
    stays=_("What you wrote for the village stays, without your name. What names you goes with you, and so do drafts."),
    words={
        "state": dict(State.choices), "audience": dict(Audience.choices), "language": dict(settings.LANGUAGES),
    },
)  # fmt: skip


def plug_own_entries() -> None:
    personal_data.plug("entries", PART, rank=70)
    until = _("As long as it stands on the square, and 30 days after it was removed; without your name once you left.")
    tables.plug("entries.Entry", Kept(
        _("What you write for others"), _("So that they can read it, and know from whom it is."), until,
        Basis.MEMBERSHIP, ("author", "title", "body"), subject="author_id", part="entries", secret=("author",),
    ), rank=40)  # fmt: skip
    personal_data.plug("versions", Part(
        _("What you wrote, before it was changed"), VERSIONS, _versions, words={"language": dict(settings.LANGUAGES)},
        there=_versions_of,
    ), rank=71)  # fmt: skip
    tables.plug("entries.EntryVersion", Kept(
        _("What it said before it was changed"), _("So that a change can be seen and undone."), until,
        Basis.MEMBERSHIP, ("title", "body", "written_by", "written_at", "replaced_by", "replaced_at"),
        subject="written_by_id", part="versions", secret=("written_by", "replaced_by"),
    ), rank=42)  # fmt: skip
    tables.plug("entries.EntryRemoval", Kept(
        _("Who removed it"), _("So that it can be undone for 30 days."), _("30 days."), Basis.MEMBERSHIP,
        ("removed_by", "removed_at"),
    ), rank=42)  # fmt: skip
    tables.plug("entries.EntryText", Kept(
        _("The same in another language"), _("So that neighbours can read it."), until, Basis.MEMBERSHIP,
        ("title", "body", "written_by", "written_at"), subject="entry__author_id", part="entries",
        secret=("written_by", "written_at"),
    ), rank=41)  # fmt: skip
