"""What a person has put into another language, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.models import EntryText, EntryTextVersion
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import Part, Row, personal_data


def _rows(identity_id: int) -> Iterable[Row]:
    for table in (EntryText, EntryTextVersion):
        for text in table.objects.filter(written_by=identity_id).select_related("entry").order_by("pk"):
            yield {
                "entry": text.entry.code,
                "language": text.language,
                "title": text.title,
                "body": text.body,
                "written_at": text.written_at,
            }


def _let_go(identity_id: int, _by: Actor, _now: datetime) -> None:
    """The words stay for the neighbours, unless they name her; nobody knows any more whose they were."""
    is_named = naming(identity_id)
    for table in (EntryText, EntryTextVersion):
        for text in table.objects.filter(written_by=identity_id):
            if is_named(text.title, text.body):
                text.delete()
        table.objects.filter(written_by=identity_id).update(written_by=None, written_at=None)


def plug_own_translations() -> None:
    part = Part(
        _("What you translated"),
        {
            "entry": _("Number"), "language": _("Language"), "title": _("Title"), "body": _("Text"),
            "written_at": _("Written"),
        },
        _rows,
        _let_go,
        stays=_("Your translations stay, without your name."),
        words={"language": dict(settings.LANGUAGES)},
    )  # fmt: skip
    personal_data.plug("translations", part, rank=71)
    tables.plug("entries.EntryTextVersion", Kept(
        _("What you put into another language"), _("So that neighbours can read it, and know from whom it is."),
        _("As long as it stands on the square, and 30 days after it was removed; without your name once you left."),
        Basis.MEMBERSHIP, ("title", "body", "written_by", "written_at"), subject="written_by_id", part="translations",
        secret=("written_by",),
    ), rank=42)  # fmt: skip
