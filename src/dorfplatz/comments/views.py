"""Writing comments and laying hands on them; they are shown below what they are about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.comments.actions import (
    change_comment,
    hide_comment,
    improve_comment,
    remove_comment,
    unhide_comment,
    write_comment,
)
from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.forms import CommentForm, TextForm
from dorfplatz.comments.models import Comment
from dorfplatz.comments.policies import (
    can_change_comment,
    can_comment,
    can_improve_comment,
    can_remove_comment,
    can_take_comment_off,
)
from dorfplatz.comments.queries import comment_on, takes_comments
from dorfplatz.comments.translating import comments_in, hash_of_comment, put_by_person
from dorfplatz.entries.form_keys import given_form_key, new_form_key
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import entry_by_code
from dorfplatz.entries.sockets import kinds
from dorfplatz.entries.tongue import author_language, tongue_of
from dorfplatz.entries.words_line import IN
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.request import SquareRequest


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SquareRequest, code: str) -> HttpResponse:
    """A comment on an entry, or, with `to`, an answer to one. Sent twice it stands once."""
    entry = _entry(request, code)
    now = timezone.now()
    if not takes_comments(entry):
        raise Http404
    can_comment(request.viewer, entry, is_open=True, now=now).require()
    if request.method != "POST":
        answered = _answered(request, entry, _number(request.GET.get("to", "")))
        initial = {"form_key": new_form_key(), "to": answered.pk if answered else None}
        return _shown(request, CommentForm(initial=initial), entry, answered)
    form = CommentForm(request.POST)
    parent = _answered(request, entry, _number(request.POST.get("to", "")))
    if form.is_valid():
        comment = _written(request, form, entry, parent)
        if comment is not None:
            return redirect(f"{_page_of(entry)}#comment-{comment.pk}")
    return _shown(request, form, entry, parent)


def _written(request: SquareRequest, form: CommentForm, entry: Entry, parent: Comment | None) -> Comment | None:
    try:
        return write_comment(
            entry,
            text=form.cleaned_data["text"],
            form_key=given_form_key(form.cleaned_data["form_key"]),
            parent=parent,
            language=_tongue(request, form),
            by=request.viewer,
            now=timezone.now(),
        )
    except Problem as problem:
        form.add_error("text", str(problem))
        return None


def _tongue(request: SquareRequest, form: CommentForm) -> str:
    among = request.municipality.languages
    return tongue_of(form.cleaned_data["text"], among=among, otherwise=author_language(request))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SquareRequest, code: str, comment_id: int) -> HttpResponse:
    """Say one's own otherwise, for a quarter of an hour."""
    entry, comment = _opened(request, code, comment_id)
    can_change_comment(request.viewer, comment, now=timezone.now()).require()
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"text": comment.body})
    if request.method == "POST" and form.is_valid():
        try:
            said = {"text": form.cleaned_data["text"], "language": _tongue(request, form)}
            change_comment(comment, **said, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error("text", str(problem))
        else:
            return redirect(f"{_page_of(entry)}#comment-{comment.pk}")
    return _shown(request, form, entry, None, is_change=True)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SquareRequest, code: str, comment_id: int) -> HttpResponse:
    """Take one's own away, after asking once."""
    entry, comment = _opened(request, code, comment_id)
    can_remove_comment(request.viewer, comment).require()
    if request.method == "POST":
        remove_comment(comment, by=request.viewer, now=timezone.now())
        messages.success(request, _("Your comment is gone."))
        return redirect(f"{_page_of(entry)}#comments")
    context = {"entry": entry, "comment": comment, "page_url": _page_of(entry)}
    return render(request, "comments/remove.html", context)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def improve(request: SquareRequest, code: str, comment_id: int, language: str) -> HttpResponse:
    """Say a comment in another language, or say it better."""
    entry, comment = _opened(request, code, comment_id, language)
    if language not in request.municipality.languages or language == comment.language:
        raise Http404
    can_improve_comment(request.viewer, comment, now=timezone.now()).require()
    known = {"text": _begun(request, comment, language), "of": hash_of_comment(comment)}
    form = TextForm(request.POST if request.method == "POST" else None, language=language, initial=known)
    if request.method == "POST" and form.is_valid():
        words, of = form.cleaned_data["text"], form.cleaned_data["of"] or known["of"]
        improve_comment(comment, language=language, text=words, of=of, by=request.viewer, now=timezone.now())
        if of != known["of"]:
            return redirect(request.path)  # somebody has changed it meanwhile: the page says so
        messages.success(request, _("Thank you! From now on your neighbours read your words."))
        return redirect(f"{_page_of(entry)}#comment-{comment.pk}")
    put = put_by_person(comment)
    context = {
        "entry": entry,
        "comment": comment,
        "form": form,
        "heading": _("In %(language)s") % {"language": IN.get(language, language)},
        "is_outdated": put is not None and put.source_hash != known["of"],
        "page_url": _page_of(entry),
    }
    return render(request, "comments/improve.html", context, status=422 if form.errors else 200)


def _begun(request: SquareRequest, comment: Comment, language: str) -> str:
    """What stands in the field at first: what is shown to readers, or one's own words that are out of date."""
    put, shown = put_by_person(comment), comments_in(language, [comment]).get(comment.pk)
    if put and put.written_by_id == request.viewer.identity_id:
        return put.body
    return shown.text if shown else ""


@members_only
@require_POST
def hide(request: SquareRequest, code: str, comment_id: int) -> HttpResponse:
    """Take somebody's comment off the page, or put it back."""
    entry, comment = _opened(request, code, comment_id)
    can_take_comment_off(request.viewer, comment).require()
    if comment.state == CommentState.HIDDEN:
        unhide_comment(comment, by=request.viewer, now=timezone.now())
        messages.success(request, _("The comment is there again."))
    else:
        hide_comment(comment, by=request.viewer, now=timezone.now())
        messages.success(request, _("The comment is hidden."))
    return redirect(f"{_page_of(entry)}#comments")


def _entry(request: SquareRequest, code: str) -> Entry:
    """Raises Http404 alike for what is not there and for what the viewer may not see."""
    if request.municipality is None:
        raise Http404
    entry = entry_by_code(code, request.viewer, now=timezone.now())
    if entry is None or entry.kind not in kinds or not request.municipality.has_room(kinds[entry.kind].room):
        raise Http404
    return entry


def _opened(request: SquareRequest, code: str, comment_id: int, language: str = "") -> tuple[Entry, Comment]:
    entry = _entry(request, code)
    comment = comment_on(entry, comment_id, request.viewer, language)
    if comment is None:
        raise Http404
    comment.entry = entry
    return entry, comment


def _answered(request: SquareRequest, entry: Entry, comment_id: int | None) -> Comment | None:
    return comment_on(entry, comment_id, request.viewer) if comment_id else None


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 18 else None


def _page_of(entry: Entry) -> str:
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})


def _shown(
    request: SquareRequest, form: CommentForm, entry: Entry, parent: Comment | None, *, is_change: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "entry": entry,
        "parent": parent,
        "is_change": is_change,
        "page_url": _page_of(entry),
    }
    return render(request, "comments/write.html", context, status=422 if form.errors else 200)
