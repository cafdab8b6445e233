"""What a person has said in comments, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.models import Comment
from dorfplatz.comments.translating import let_comments_go
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import Part, Row, TitleOf, personal_data


def _rows(identity_id: int) -> Iterable[Row]:
    for said in Comment.objects.filter(author=identity_id).select_related("entry").order_by("pk"):
        entry = TitleOf(said.entry.title, said.entry_id)
        yield {"entry": entry, "body": said.body, "written_at": said.written_at, "state": said.state}


def _let_go(identity_id: int, _by: Actor, _now: datetime) -> None:
    """Comments stay, without a name. Of those whose words name the person nothing stays but the gap below them."""
    is_named = naming(identity_id)
    for said in Comment.objects.filter(author=identity_id).prefetch_related("texts"):
        if is_named(said.body, *(text.body for text in said.texts.all())):
            said.body, said.state = "", CommentState.REMOVED
            said.save(update_fields=["body", "state"])
            said.texts.all().delete()
            let_comments_go([said.pk])


def plug_own_comments() -> None:
    personal_data.plug("comments", Part(
        _("Your comments"),
        {"entry": _("On what"), "body": _("Text"), "written_at": _("Written"), "state": _("State")}, _rows, _let_go,
        stays=_("Your comments stay, without your name. Those whose words name you go with you."),
        words={"state": dict(CommentState.choices)},
    ), rank=72)  # fmt: skip
    tables.plug("comments.Comment", Kept(
        _("What you say below what others write"), _("So that neighbours can talk about it."),
        _("As long as what it stands below; without your name once you left."), Basis.MEMBERSHIP,
        ("author", "body", "written_at", "changed_at"), subject="author_id", part="comments",
        secret=("author", "changed_at"),
    ), rank=43)  # fmt: skip
