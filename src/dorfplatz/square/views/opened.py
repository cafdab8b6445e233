"""The post an address names, if the viewer may see it."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import entry_by_code
from dorfplatz.square.enums import KIND
from dorfplatz.square.models import Post
from dorfplatz.square.room import require_room
from dorfplatz.villages.request import SquareRequest


def opened(request: SquareRequest, code: str) -> Post:
    """Raises Http404 alike for what is not there and for what the viewer may not see."""
    require_room(request)
    entry = entry_by_code(code, request.viewer, now=timezone.now())
    if entry is None or entry.kind != KIND:
        raise Http404
    return post_of(entry)


def post_of(entry: Entry) -> Post:
    """The post with the entry that is there already, and all that was read of it."""
    post: Post = entry.post
    post.entry = entry
    return post


def page_of(entry: Entry) -> str:
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
