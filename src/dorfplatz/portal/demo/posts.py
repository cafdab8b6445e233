"""The demonstration's posts and what is said about them, written by its people on the days before today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from dorfplatz.comments.actions import improve_comment, write_comment
from dorfplatz.comments.models import Comment
from dorfplatz.comments.translating import hash_of_comment
from dorfplatz.entries.actions import Draft, choose_picture, hang_chosen
from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.portal.demo.reading import FaultyData, check_names, read_toml, rows_of, words
from dorfplatz.portal.demo.scenery import SCENES
from dorfplatz.portal.demo.studio import Studio
from dorfplatz.square.actions import PostDraft, write_post
from dorfplatz.square.enums import KIND, Reach, Sort
from dorfplatz.square.sorts import rules_of
from dorfplatz.villages.models import Area

ORIGIN = "demo"
ZONE = ZoneInfo("Europe/Berlin")
FIELDS = frozenset({
    "key", "by", "villages", "sort", "days", "hour", "lang", "title", "text", "tips", "picture", "alt", "reach",
    "comments",
})  # fmt: skip
SAID = frozenset({"by", "text", "lang", "hours", "to", "put"})
PUT = frozenset({"lang", "by", "text"})


@dataclass(frozen=True)
class PostData:
    """One post as the file says it. `comments` are rows of who, what, how many hours later and in answer to which;
    `put` by whom into the other language.
    """

    key: str
    by: str
    villages: tuple[str, ...]
    sort: Sort
    days: int
    hour: int
    language: str
    title: str
    text: str
    tips: str
    picture: str
    alt: Mapping[str, str]
    reach: Reach
    comments: Sequence[Mapping[str, Any]]

    @property
    def uri(self) -> str:
        return f"demo:post/{self.key}"

    def written_at(self, now: datetime) -> datetime:
        """That hour so many days ago; never later than a moment ago."""
        day = now.astimezone(ZONE).date() - timedelta(days=self.days)
        return min(datetime.combine(day, time(self.hour), ZONE), now - timedelta(minutes=10))


def read_posts() -> list[PostData]:
    """All posts of the demonstration. Raises FaultyData."""
    return [_post(row) for row in rows_of(read_toml("posts.toml"), "post", "posts.toml")]


def _post(row: Mapping[str, Any]) -> PostData:
    where = f"posts.toml, “{row.get('key', '?')}”"
    check_names(row, FIELDS, where)
    for said in row.get("comments", ()):
        check_names(said, SAID, where)
        check_names(said.get("put", {}), PUT, where)
    picture = str(row.get("picture", ""))
    if picture and picture not in SCENES:
        raise FaultyData(f"{where}: “{picture}” is none of our drawings")
    return PostData(
        key=str(row["key"]),
        by=str(row["by"]),
        villages=tuple(row["villages"]),
        sort=Sort(row["sort"]),
        days=int(row["days"]),
        hour=int(row["hour"]),
        language=str(row.get("lang", "de")),
        title=str(row["title"]),
        text=str(row["text"]).strip(),
        tips=str(row.get("tips", "")).strip(),
        picture=picture,
        alt=words(row, "alt", where, needed=bool(picture)),
        reach=Reach(row.get("reach", Reach.ALL)),
        comments=tuple(row.get("comments", ())),
    )


def put_posts(areas: Mapping[str, Area], *, now: datetime) -> int:
    """Write what is not there yet, oldest first; returns how many. What people changed or removed stays so."""
    present = set(Entry.objects.filter(origin=ORIGIN, kind=KIND).values_list("uri", flat=True))
    missing = [post for post in read_posts() if post.uri not in present]
    rows = [row for post in missing for row in post.comments]
    rows += [row["put"] for row in rows if "put" in row]
    names = {post.by for post in missing} | {str(row["by"]) for row in rows}
    people = {identity.name: identity for identity in Identity.objects.filter(name__in=names)}
    for post in sorted(missing, key=lambda post: post.written_at(now)):
        _put(post, areas, people, now)
    return len(missing)


@transaction.atomic
def _put(data: PostData, areas: Mapping[str, Area], people: Mapping[str, Identity], now: datetime) -> None:
    at, author = data.written_at(now), actor_of_identity(people[data.by])
    is_public = data.reach == Reach.ALL
    draft = PostDraft(
        sort=data.sort,
        words=Draft(
            title=data.title,
            body=data.text,
            language=data.language,
            areas=[areas[slug] for slug in data.villages],
            audience=Audience.PUBLIC if is_public else Audience.MEMBERS,
            is_for_municipality=data.reach == Reach.MEMBERS_AND_MUNICIPALITY,
            origin=ORIGIN,
            uri=data.uri,
        ),
        tips=data.tips,
        has_comments=rules_of(data.sort).comments_open,
    )
    post = write_post(draft, by=author, now=at)
    said: list[Comment] = []
    for number, row in enumerate(data.comments):
        moment = min(at + timedelta(hours=int(row["hours"])), now - timedelta(minutes=len(data.comments) - number))
        comment = write_comment(
            post.entry,
            text=str(row["text"]),
            form_key=f"{data.key}-{number}",
            language=str(row.get("lang", "de")),
            parent=said[int(row["to"]) - 1] if "to" in row else None,
            by=actor_of_identity(people[str(row["by"])]),
            now=moment,
        )
        said.append(comment)
        if put := row.get("put"):
            of, by = hash_of_comment(comment), actor_of_identity(people[str(put["by"])])
            improve_comment(comment, language=str(put["lang"]), text=str(put["text"]), of=of, by=by, now=moment)


def illustrate_posts(studio: Studio, *, by: Actor, now: datetime) -> int:
    """Hang a drawing on each post that wants one and has none; returns how many. Outside any transaction."""
    wanted = {post.uri: post for post in read_posts() if post.picture}
    bare = Entry.objects.filter(origin=ORIGIN, kind=KIND, uri__in=wanted, pictures=None)
    hung = 0
    for entry in bare.order_by("-published_at"):
        data = wanted[entry.uri]
        choose_picture(studio.picture(data.picture, data.alt), form_key=data.key, by=by, now=now)
        hang_chosen(entry, form_key=data.key, by=by, now=now)
        hung += 1
    return hung
