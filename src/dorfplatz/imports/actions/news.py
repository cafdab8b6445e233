"""Taking a club's news in: each piece by itself, as often as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_noop as _

from dorfplatz.entries.actions import Draft
from dorfplatz.imports.drafts import Rejected
from dorfplatz.imports.enums import SourceKind
from dorfplatz.imports.feed.reading import Feed, News
from dorfplatz.imports.likeness import alike
from dorfplatz.imports.models import NewsRecord, Source
from dorfplatz.imports.outcome import Outcome
from dorfplatz.imports.policies import can_import
from dorfplatz.imports.queries import post_with_everything, recent_titles
from dorfplatz.imports.target import Target
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.square.actions import PostDraft, change_post, write_post
from dorfplatz.square.enums import Sort
from dorfplatz.square.models import Post

# Older news is no news; and a feed that is read for the first time must not push everything else off the square.
OLD = timedelta(days=30)
MOST_AT_ONCE = 10
ON_THE_SQUARE = _("It is on the square already: “%(name)s”.")


@transaction.atomic
def import_news(source: Source, *, found: Feed, target: Target, by: Actor, now: datetime) -> Outcome:
    """Set out what is new in the feed, as posts that name it. A second time changes nothing.

    What people edited or removed stays as they have it. What a feed has no more stays: feeds tell only the newest.
    """
    can_import(by, source.municipality).require()
    records = {record.key: record for record in source.news.select_related("post__entry")}
    known = [(records[one.key], one) for one in found.news if one.key in records]
    fresh = [one for one in found.news if one.key not in records and (one.said_at or now) > now - OLD]
    new, doubled = _not_there_yet(fresh, target, now)
    added = [_set_out(source, one, target, by, now) for one in reversed(new[:MOST_AT_ONCE])]
    changed = sum(_follow(record, one, target, by, now) for record, one in known)
    outcome = Outcome(
        added=len(added), changed=changed, unchanged=len(known) - changed, rejected=[*found.rejected, *doubled]
    )
    thing = f"source:{source.pk}"
    record_act("imports.read", by=by, now=now, thing=thing, area_id=source.municipality_id, details=outcome.counts)
    return outcome


def _not_there_yet(news: Sequence[News], target: Target, now: datetime) -> tuple[list[News], list[Rejected]]:
    """Without what somebody has told on the square already."""
    titles = recent_titles(target.area, since=now - OLD)
    new, doubled = [], []
    for one in news:
        other = next((title for title in titles if alike(title, one.title)), None)
        if other is None:
            new.append(one)
        else:
            doubled.append(Rejected(one.key, ON_THE_SQUARE, {"name": other}))
    return new, doubled


def _set_out(source: Source, one: News, target: Target, by: Actor, now: datetime) -> Post:
    post = post_with_everything(write_post(_draft(one, target), by=by, now=now).pk)
    NewsRecord.objects.create(source=source, key=one.key, post=post, stated=one.stated, written=_written(post))
    return post


def _draft(one: News, target: Target) -> PostDraft:
    words = Draft(
        title=one.title, body=one.body, language=target.language, areas=[target.area], origin=SourceKind.FEED,
        uri=one.url, said_at=one.said_at,
    )  # fmt: skip
    # Whoever wrote it does not read here: an answer would reach nobody.
    return PostDraft(Sort.NEWS, words, has_comments=False)


def _written(post: Post) -> str:
    """The post as it is now; what it says differently later, people have changed."""
    return sha256(repr((post.entry.title, post.entry.body, post.entry.state)).encode()).hexdigest()


def _follow(record: NewsRecord, one: News, target: Target, by: Actor, now: datetime) -> bool:
    """Whether the post was changed to what the feed says now."""
    if record.stated == one.stated or _written(record.post) != record.written:
        return False
    post = post_with_everything(record.post_id)
    change_post(post, draft=_draft(one, target), by=by, now=now)
    record.stated, record.written = one.stated, _written(post_with_everything(record.post_id))
    record.save(update_fields=["stated", "written"])
    return True
