"""What a person has put into another language below entries, as she gets it, and what becomes of it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dorfplatz.comments.models import CommentText
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import Part, Row, TitleOf, personal_data


def _put_by(identity_id: int) -> QuerySet[CommentText]:
    return CommentText.objects.filter(written_by=identity_id)


def _rows(identity_id: int) -> Iterable[Row]:
    for put in _put_by(identity_id).select_related("comment__entry").order_by("pk"):
        entry = put.comment.entry
        yield {
            "entry": TitleOf(entry.title, entry.pk),
            "language": put.language,
            "body": put.body,
            "written_at": put.written_at,
        }


def _let_go(identity_id: int, _by: Actor, _now: datetime) -> None:
    """The words stay for the neighbours, unless they name her; nobody knows any more whose they were."""
    is_named = naming(identity_id)
    mine = CommentText.objects.filter(written_by=identity_id)
    for put in mine:
        if is_named(put.body):
            put.delete()
    mine.update(written_by=None, written_at=None)


def plug_own_translations() -> None:
    personal_data.plug("comment_translations", Part(
        _("Comments you translated"),
        {"entry": _("On what"), "language": _("Language"), "body": _("Text"), "written_at": _("Written")},
        _rows, _let_go,
        stays=_("Your translations stay, without your name."),
        words={"language": dict(settings.LANGUAGES)}, there=_put_by,
    ), rank=73)  # fmt: skip
    tables.plug("comments.CommentText", Kept(
        _("Comments that you put into another language"),
        _("So that neighbours can read it, and know from whom it is."),
        _("As long as what it stands below; without your name once you left."), Basis.MEMBERSHIP,
        ("body", "written_by", "written_at"), subject="written_by_id", part="comment_translations",
        secret=("written_by",),
    ), rank=44)  # fmt: skip
