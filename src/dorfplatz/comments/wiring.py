"""What comments plug into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dorfplatz.comments.facts import CommentChanged, CommentWithheld, CommentWritten
from dorfplatz.comments.own_comments import plug_own_comments
from dorfplatz.comments.own_translations import plug_own_translations
from dorfplatz.comments.queries import areas_of_commenters, areas_of_comments, areas_of_portraits_beside_comments
from dorfplatz.comments.reported import plug_reported
from dorfplatz.comments.shown import section_of
from dorfplatz.comments.translating import let_comments_go, let_comments_of_entries_go, translate_comments
from dorfplatz.entries.facts import EntriesErased
from dorfplatz.entries.sockets import companions
from dorfplatz.entries.translating import await_texts
from dorfplatz.kernel.facts import subscribe
from dorfplatz.ui.sockets import slots
from dorfplatz.villages.sockets import Whereabouts, whereabouts


def _below(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """The comments below an entry, of whatever kind that takes them."""
    section = section_of(request, context["entry"])  # type: ignore[arg-type]  # the middleware has placed the request
    return render_to_string("comments/parts/comments.html", section, request)


def _await(fact: CommentWritten) -> None:
    await_texts([fact.entry_id], also_in_its_own=True)


def _again(fact: CommentChanged) -> None:
    let_comments_go([fact.comment_id])
    await_texts([fact.entry_id], also_in_its_own=True)


def _withheld(fact: CommentWithheld) -> None:
    let_comments_go([fact.comment_id])


def _erased(fact: EntriesErased) -> None:
    let_comments_of_entries_go(fact.entry_ids)


subscribe(CommentWritten, _await)
subscribe(CommentChanged, _again)
subscribe(CommentWithheld, _withheld)
subscribe(EntriesErased, _erased)
companions.plug("comments", translate_comments)
slots.plug("entry:below", "comments", _below, rank=50)
whereabouts.plug("comments", Whereabouts("comment", areas_of_comments))
whereabouts.plug("comments.people", Whereabouts("identity", areas_of_commenters))
whereabouts.plug("comments.portraits", Whereabouts("picture", areas_of_portraits_beside_comments))
plug_own_comments()
plug_own_translations()
plug_reported()
