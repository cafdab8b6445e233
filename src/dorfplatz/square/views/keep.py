"""Keeping one's posts: drafts and removed ones, what it said before, removing and undoing, “found”."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.entries.actions import REMOVED_KEPT, remove_entry, restore_version, undo_removal
from dorfplatz.entries.enums import State
from dorfplatz.entries.policies import can_see_versions, can_take_down, can_undo_removal
from dorfplatz.entries.queries import removed_entry, versions_of
from dorfplatz.kernel.access import members_only
from dorfplatz.square.actions import settle_post
from dorfplatz.square.enums import KIND
from dorfplatz.square.policies import can_change_post, can_settle_post
from dorfplatz.square.queries import own_posts, post_cards
from dorfplatz.square.room import require_room
from dorfplatz.square.sorts import rules_of
from dorfplatz.square.views.opened import opened, page_of
from dorfplatz.villages.request import SquareRequest


@members_only
@require_safe
def mine(request: SquareRequest) -> HttpResponse:
    """One's own posts: drafts, what waits or stands, and what was removed in the last 30 days."""
    require_room(request)
    viewer, language = request.viewer, request.LANGUAGE_CODE
    drafts = own_posts(viewer, states=[State.DRAFT])
    standing = own_posts(viewer, states=[State.PUBLISHED, State.WAITING, State.HIDDEN])
    removed = own_posts(viewer, states=[State.REMOVED], since=timezone.now() - REMOVED_KEPT)
    context = {
        "drafts": drafts,
        "cards": post_cards([entry.pk for entry in standing], viewer=viewer, language=language),
        "removed": [(entry, entry.changed_at + REMOVED_KEPT - timedelta(days=1)) for entry in removed],
    }
    return render(request, "square/mine.html", context)


@members_only
@require_safe
def history(request: SquareRequest, code: str) -> HttpResponse:
    """What it said before; its author lets it say one of these again."""
    post = opened(request, code)
    can_see_versions(request.viewer, post.entry).require()
    restore_url = reverse("square:say_again", kwargs={"code": code}) if can_change_post(request.viewer, post) else ""
    context = {
        "entry": post.entry,
        "versions": versions_of(post.entry, request.viewer),
        "page_url": page_of(post.entry),
        "restore_url": restore_url,
    }
    return render(request, "square/history.html", context)


@members_only
@require_POST
def say_again(request: SquareRequest, code: str) -> HttpResponse:
    """Let it say again what it said before."""
    post = opened(request, code)
    can_change_post(request.viewer, post).require()
    said = request.POST.get("version", "")
    version = post.entry.versions.filter(pk=int(said) if said.isdecimal() and len(said) < 18 else 0).first()
    if version is None:
        messages.error(request, _("What it said then is no longer kept."))
        return redirect("square:history", code=code)
    version.entry = post.entry
    restore_version(version, by=request.viewer, now=timezone.now())
    messages.success(request, _("It says again what it said then. What it said until now is kept as well."))
    return redirect(page_of(post.entry))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SquareRequest, code: str) -> HttpResponse:
    """Take it away, after asking once; it can be undone for 30 days."""
    entry = opened(request, code).entry
    can_take_down(request.viewer, entry).require()
    if request.method == "POST":
        remove_entry(entry, by=request.viewer, now=timezone.now())
        messages.success(request, _("It is gone. You can bring it back for 30 days."))
        return redirect("square:mine")
    return render(request, "square/remove.html", {"entry": entry, "page_url": page_of(entry)})


@members_only
@require_POST
def restore(request: SquareRequest, code: str) -> HttpResponse:
    """Undo a removal."""
    require_room(request)
    entry = removed_entry(code, request.viewer)
    if entry is None or entry.kind != KIND or not can_undo_removal(request.viewer, entry):
        raise Http404
    undo_removal(entry, by=request.viewer, now=timezone.now())
    messages.success(request, _("It is back."))
    return redirect(page_of(entry))


@members_only
@require_POST
def settle(request: SquareRequest, code: str) -> HttpResponse:
    """“Found”, in one tap."""
    post = opened(request, code)
    can_settle_post(request.viewer, post).require()
    settle_post(post, by=request.viewer, now=timezone.now())
    messages.success(request, str(rules_of(post.sort).over_words))
    return redirect(page_of(post.entry))
