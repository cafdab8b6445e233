"""Writing posts, changing them, saying that something is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.comments.actions import open_comments
from dorfplatz.entries.actions import (
    Draft,
    create_entries,
    note_change,
    publish_entries,
    rewrite_entry,
    schedule_entry,
)
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import excerpt
from dorfplatz.kernel.verdict import Problem
from dorfplatz.square.enums import KIND, Sort
from dorfplatz.square.models import Post
from dorfplatz.square.policies import can_change_post, can_settle_post, can_write_post
from dorfplatz.square.sorts import rules_of

LONGEST_MADE_TITLE = 70


@dataclass(frozen=True)
class PostDraft:
    """All that is said in one post. Without a title, its first words are one where its sort allows that."""

    sort: Sort
    words: Draft
    tips: str = ""
    has_comments: bool = True


@transaction.atomic
def write_post(
    draft: PostDraft, *, by: Actor, now: datetime, publish: bool = True, publish_at: datetime | None = None
) -> Post:
    """Write a post and set it out, now or at that moment; or keep it as a draft. A gate may ask for a look first."""
    can_write_post(by, draft.words.areas).require()
    sound = _sound(draft, now)
    entry = create_entries(KIND, drafts=[sound.words], by=by, now=now)[0]
    post = Post.objects.create(entry=entry, sort=draft.sort, tips=draft.tips)
    open_comments(entry, is_open=draft.has_comments, by=by, now=now)
    record_act("post.written", by=by, now=now, thing=f"entry:{entry.pk}", details={"sort": draft.sort})
    _set_out([entry], publish, publish_at, by, now)
    return post


def _set_out(entries: Sequence[Entry], publish: bool, publish_at: datetime | None, by: Actor, now: datetime) -> None:
    if publish_at is not None:
        for entry in entries:
            schedule_entry(entry, at=publish_at, by=by, now=now)
    elif publish:
        publish_entries(entries, by=by, now=now)


@transaction.atomic
def change_post(
    post: Post, *, draft: PostDraft, by: Actor, now: datetime, publish: bool = True, publish_at: datetime | None = None
) -> bool:
    """Bring a post to what the draft says; its sort stays. A draft is set out, or kept. Whether anything changed."""
    can_change_post(by, post).require()
    can_write_post(by, draft.words.areas).require()
    entry, sound = post.entry, _sound(draft, now)
    open_comments(entry, is_open=draft.has_comments, by=by, now=now)
    around = post.tips != draft.tips or entry.expires_at != sound.words.expires_at
    if around:
        post.tips, entry.expires_at = draft.tips, sound.words.expires_at
        post.save(update_fields=["tips"])
    rewritten = rewrite_entry(entry, draft=sound.words, by=by, now=now)
    if around and not rewritten:
        note_change(entry, by=by, now=now, fields=["post"])
    if entry.state == State.DRAFT:
        if entry.publish_at and publish_at is None:
            schedule_entry(entry, at=None, by=by, now=now)
        _set_out([entry], publish, publish_at, by, now)
    return rewritten or around


def _sound(draft: PostDraft, now: datetime) -> PostDraft:
    """The draft with a title and an end that its sort allows. Raises Problem."""
    rules, words = rules_of(draft.sort), draft.words
    title = words.title.strip()
    if not title and rules.needs_title:
        raise Problem(_("Please give it a title."))
    title = title or excerpt(words.body, LONGEST_MADE_TITLE)
    if not title:
        raise Problem(_("Please write something."))
    expires_at = words.expires_at or (now + rules.lasts if rules.lasts else None)
    if expires_at is not None and expires_at <= now:
        raise Problem(_("Please choose a day that is still to come."))
    if rules.longest is not None and expires_at is not None:
        expires_at = min(expires_at, now + rules.longest)
    return replace(draft, words=replace(words, title=title, expires_at=expires_at))


@transaction.atomic
def settle_post(post: Post, *, by: Actor, now: datetime) -> None:
    """“Found”, “it is over”: says so on the post, which stands a little longer and then goes by itself."""
    can_settle_post(by, post).require()
    rules = rules_of(post.sort)
    if post.settled_at is not None:
        return
    if not rules.over_label:
        raise Problem(_("There is nothing to settle here."))
    post.settled_at = now
    post.save(update_fields=["settled_at"])
    post.entry.expires_at = now + rules.stays_after
    note_change(post.entry, by=by, now=now, fields=["expires_at"])
    record_act("post.settled", by=by, now=now, thing=f"entry:{post.pk}")
