"""Comments as an entry's page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.forms import CommentForm
from dorfplatz.comments.models import Comment
from dorfplatz.comments.policies import (
    can_change_comment,
    can_comment,
    can_improve_comment,
    can_remove_comment,
    can_take_comment_off,
)
from dorfplatz.comments.queries import Thread, people_below, takes_comments, threads_of
from dorfplatz.comments.sockets import talks
from dorfplatz.comments.translating import InWords, comments_in, translator_for
from dorfplatz.entries.form_keys import new_form_key
from dorfplatz.entries.models import Entry
from dorfplatz.entries.policies import can_hide_entry
from dorfplatz.entries.words_line import FROM
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.members.faces import face
from dorfplatz.members.queries import portrait_among_members
from dorfplatz.ui.parts import Person
from dorfplatz.ui.said import said_moment
from dorfplatz.villages.kept.alike import Piece, piece_for_all_alike
from dorfplatz.villages.request import SquareRequest


@dataclass(frozen=True)
class Said:
    """Who said what and when, as everybody who may read it is shown it; and who put it into the reader's language."""

    person: Person | None
    moment: str
    when: str
    is_changed: bool
    is_hidden: bool
    text: str
    language: str
    from_language: str
    original: str
    original_language: str
    by_person: bool
    translator: str

    @property
    def name(self) -> str:
        return self.person.name if self.person else ""


@dataclass(frozen=True)
class Shown:
    """One comment, and what this viewer may do with it."""

    comment: Comment
    said: Said
    may_change: bool
    may_remove: bool
    may_hide: bool
    answer_url: str
    improve_url: str
    answers: list[Shown] = field(default_factory=list)

    @property
    def is_removed(self) -> bool:
        return self.comment.state == CommentState.REMOVED

    @property
    def is_hidden(self) -> bool:
        return self.comment.state == CommentState.HIDDEN


def section_of(request: SquareRequest, entry: Entry) -> dict[str, Any]:
    """What the template is given; nothing where the kind takes no comments, or there are and will be none."""
    if entry.kind not in talks:
        return {}
    viewer, is_open = request.viewer, takes_comments(entry)
    said = _kept(request, entry, is_open=is_open)
    if not said:
        return {}
    may_write = bool(can_comment(viewer, entry, is_open=is_open, now=timezone.now()))
    return {
        "said": said,
        "is_open": is_open,
        "form": CommentForm(initial={"form_key": new_form_key()}, auto_id="comment-%s") if may_write else None,
        "write_url": reverse("comments:write", kwargs={"code": entry.code}),
        "login_url": f"{reverse('members:login')}?next={request.path}" if is_open and not viewer.is_member else "",
    }


def _kept(request: SquareRequest, entry: Entry, *, is_open: bool) -> str:
    """Heading and comments: those of members who see alike are kept, but for who has said something herself, and for
    those in charge, whose buttons are forms.
    """
    is_here = all(placement.area_id in request.site.by_id for placement in entry.placements.all())
    if request.viewer.is_member and is_here and not can_hide_entry(request.viewer, entry):
        address = f"{request.path}?open={is_open:d}"
        kept = piece_for_all_alike(
            request, "comments", address, lambda many: Piece(_listed(many, entry, is_open=is_open), people_below(entry))
        )
        if kept is not None:
            return kept
    return _listed(request, entry, is_open=is_open)


def _listed(request: SquareRequest, entry: Entry, *, is_open: bool) -> str:
    """The comments as this viewer sees them, with the heading; "" where there are and will be none."""
    threads = threads_of(entry, request.viewer, get_language() or "")
    if not is_open and not threads:
        return ""
    rows = _rows(threads, entry, request.viewer, is_open=is_open)
    count = sum(1 + len(row.answers) for row in rows)
    context = {"entry": entry, "heading": talks[entry.kind].heading(entry), "rows": rows, "count": count}
    return render_to_string("comments/parts/list.html", context, request)


def _rows(threads: list[Thread], entry: Entry, viewer: Actor, *, is_open: bool) -> list[Shown]:
    now = timezone.now()
    may_write = bool(can_comment(viewer, entry, is_open=is_open, now=now))
    write_url = reverse("comments:write", kwargs={"code": entry.code})
    made = comments_in(get_language() or "", [row for thread in threads for row in (thread.comment, *thread.answers)])

    def shown(comment: Comment, answers: list[Comment]) -> Shown:
        comment.entry = entry
        may_answer = may_write and comment.state == CommentState.THERE
        return Shown(
            comment=comment,
            said=_said(comment, made.get(comment.pk), viewer, now),
            may_change=bool(can_change_comment(viewer, comment, now=now)),
            may_remove=bool(can_remove_comment(viewer, comment)),
            may_hide=viewer.is_member and comment.state != CommentState.REMOVED and _may_hide(viewer, comment),
            answer_url=f"{write_url}?to={comment.pk}" if may_answer else "",
            improve_url=_improve_url(comment, viewer, now),
            answers=[shown(answer, []) for answer in answers],
        )

    return [shown(thread.comment, thread.answers) for thread in threads]


def _improve_url(comment: Comment, viewer: Actor, now: datetime) -> str:
    """Where the viewer can say it better in the language she reads, or at all."""
    language = get_language() or ""
    if comment.language == language or not (viewer.is_member and can_improve_comment(viewer, comment, now=now)):
        return ""
    about = {"code": comment.entry.code, "comment_id": comment.pk, "language": language}
    return reverse("comments:improve", kwargs=about)


def _said(comment: Comment, translated: InWords | None, viewer: Actor, now: datetime) -> Said:
    language, is_translated = get_language() or "", translated is not None
    return Said(
        person=_person(comment, viewer),
        moment=timezone.localtime(comment.written_at).isoformat(timespec="seconds"),
        when=said_moment(comment.written_at, now=now, language=language or "de"),
        is_changed=comment.changed_at is not None,
        is_hidden=comment.state == CommentState.HIDDEN,
        text=translated.text if translated else comment.body,
        language="" if comment.language == language or is_translated else comment.language,
        from_language=str(FROM.get(comment.language, comment.language)) if is_translated else "",
        original=comment.body if is_translated else "",
        original_language=comment.language,
        by_person=translated is not None and translated.by_person,
        translator=translator_for(translated, viewer) if translated else "",
    )


def _may_hide(viewer: Actor, comment: Comment) -> bool:
    return bool(can_take_comment_off(viewer, comment)) and comment.author_id != viewer.identity_id


def _person(comment: Comment, viewer: Actor) -> Person | None:
    """Who says it; None for somebody who has left."""
    author = comment.author
    if author is None:
        return None
    home, language = author.told_home, get_language() or "de"
    picture, village = face(portrait_among_members(author, viewer)), in_language(home.name, language) if home else ""
    return Person(author.name, village, picture, tint=home.tint if home else 0)
