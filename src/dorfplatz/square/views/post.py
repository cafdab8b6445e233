"""The page of one post."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.entries.policies import can_take_down, is_author
from dorfplatz.entries.queries import pictures_of, reading, versions_of
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.members.faces import face
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import portrait_among_members
from dorfplatz.square.enums import Sort
from dorfplatz.square.models import Post
from dorfplatz.square.policies import can_change_post, can_settle_post
from dorfplatz.square.queries import chip
from dorfplatz.square.sorts import rules_of
from dorfplatz.square.views.opened import page_of, post_of
from dorfplatz.ui.parts import Person, Step
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import village_pages

# A slip put right at once is nothing to tell.
CHANGED_AFTER = timedelta(minutes=10)


def post_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What somebody says, who, for whom, and what one can do with it; the entry is one that the viewer may see."""
    return _page(request, entry)  # type: ignore[arg-type]  # the middleware has placed the request


def _page(request: SquareRequest, entry: Entry) -> HttpResponse:
    if not all(placement.area_id in request.site.by_id for placement in entry.placements.all()):
        never_keep(request)
    return render(request, "square/post.html", _context(request, post_of(entry)))


def _context(request: SquareRequest, post: Post) -> dict[str, Any]:
    entry, language, viewer = post.entry, request.LANGUAGE_CODE, request.viewer
    words, rules = reading(entry, language), rules_of(post.sort)
    path = page_of(entry)
    return {
        "entry": entry,
        "post": post,
        "words": words,
        "rules": rules,
        "sort_label": Sort(post.sort).label,
        "body_lang": words.language if words.language != language else "",
        "steps": [Step(_("Posts"), reverse("square:feed"))],
        "chips": [_with_page(chip(p.area, None, language), p.area.slug) for p in entry.placements.all()],
        "person": person_of(entry.author, viewer, language),
        "tips": [line.strip(" -*•") for line in post.tips.splitlines() if line.strip(" -*•")],
        "reach": reach_in_words(entry),
        "pictures": pictures_of([entry.pk])[entry.pk],
        "changed_at": _changed_at(entry),
        "has_versions": bool(versions_of(entry, viewer)),
        "is_over": entry.expires_at is not None and entry.expires_at <= timezone.now(),
        "is_own": is_author(viewer, entry),
        "may_change": bool(can_change_post(viewer, post)),
        "may_remove": viewer.is_member and bool(can_take_down(viewer, entry)),
        "may_settle": bool(rules.over_label) and post.settled_at is None and bool(can_settle_post(viewer, post)),
        "is_unindexed": rules.is_quiet or rules.is_urgent,
        "address": request.build_absolute_uri(path),
        "short_address": f"{request.get_host()}/e/{entry.code}",
    }


def _changed_at(entry: Entry) -> datetime | None:
    """When its words were last changed, where that was not at once; None for those that stand as first written."""
    changed = entry.versions.values_list("replaced_at", flat=True).first()
    since = entry.published_at or entry.created_at
    return changed if changed and changed > since + CHANGED_AFTER else None


def _with_page(shown: Any, slug: str) -> Any:
    home = village_pages.get("home")
    if home is None or not shown.tint:
        return shown
    return type(shown)(name=shown.name, tint=shown.tint, url=home(slug))


def person_of(author: Identity | None, viewer: Actor, language: str) -> Person | None:
    """Who wrote it; None for somebody who has left."""
    if author is None:
        return None
    home = author.told_home
    picture, village = face(portrait_among_members(author, viewer)), in_language(home.name, language) if home else ""
    return Person(author.name, village, picture, tint=home.tint if home else 0)


def reach_in_words(entry: Entry) -> str:
    """Who reads it, said so that nobody has to guess."""
    if entry.audience == Audience.PUBLIC:
        return _("Everybody can read this, the municipality too.")
    if entry.is_for_municipality:
        return _("Members can read this, and the municipality.")
    return _("Only members can read this. The municipality does not read along.")
