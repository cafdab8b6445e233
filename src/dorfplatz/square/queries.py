"""Reads of posts: lists that are as quick on page 200 as on page 1, and cards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dorfplatz.comments.queries import comment_counts
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry, EntryPicture, EntryQuerySet
from dorfplatz.entries.queries import first_pictures, pictures_of, reading, with_words
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.kernel.geo import Point, distance_m
from dorfplatz.kernel.text import excerpt, in_language, plain
from dorfplatz.media.templatetags.media import picture_url
from dorfplatz.members.models import Identity
from dorfplatz.square.atom_feed import FeedEntry
from dorfplatz.square.enums import KIND, Sort
from dorfplatz.square.sorts import rules_of
from dorfplatz.ui.parts import Card, Picture, Village
from dorfplatz.ui.said import said_moment
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area

PAGE_SIZE = 20
FEED_SIZE = 50
LEAD_LENGTH = 220
# The post, and all that its byline says.
WITH_POST = ("post", "author__home_area", "author__joining")
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# Of what nobody wrote here.
SOURCES = {"demo": _("Example"), "feed": _("From another website")}


@dataclass(frozen=True)
class PostCard(Card):
    """A post in a list. `said_when` is in words when it appeared; `byline` from whom, "" where nobody is named now."""

    byline: str = ""
    said_when: str = ""
    comment_count: int = 0
    is_quiet: bool = False
    is_settled: bool = False


@dataclass(frozen=True)
class Place:
    """A place in the list: after the post with this moment and id. Stands in addresses as “17a2b3-42”."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND:x}-{self.pk}"


def read_place(said: str) -> Place | None:
    """The place an address names; None for anything else."""
    moment, _dash, pk = said.partition("-")
    try:
        return Place(EPOCH + int(moment, 16) * MICROSECOND, int(pk)) if len(said) < 40 else None
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True)
class FeedPage:
    """Some posts, newest first, and the place from which the older ones go on; "" at the end."""

    cards: Sequence[PostCard]
    older: str = ""


def posts(villages: VillageFilter, *, viewer: Actor, now: datetime, sort: str = "") -> EntryQuerySet:
    """What stands in these villages, newest first."""
    found = Entry.objects.filter(kind=KIND, state=State.PUBLISHED).in_areas(villages.area_ids)
    if sort:
        found = found.filter(post__sort=sort)
    return found.visible_to(viewer, now=now).filter(_current(now)).order_by("-published_at", "-pk")


def _current(now: datetime) -> Q:
    """Also for its author and those in charge, what is over stands no more in lists."""
    return Q(expires_at__isnull=True) | Q(expires_at__gt=now)


def feed_page(
    villages: VillageFilter, *, viewer: Actor, now: datetime, language: str, sort: str = "", after: Place | None = None
) -> FeedPage:
    """One page, from that place on. Seven queries for any number of posts, on any page."""
    found = posts(villages, viewer=viewer, now=now, sort=sort)
    if after is not None:
        found = found.filter(Q(published_at__lt=after.at) | Q(published_at=after.at, pk__lt=after.pk))
    rows = list(found.values_list("pk", "published_at")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    near = villages.only.point if villages.only else None
    cards = post_cards([pk for pk, _at in shown], viewer=viewer, language=language, near=near)
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    return FeedPage(cards, str(Place(last[1], last[0])) if last and last[1] else "")


def latest_posts(
    villages: Sequence[VillageFilter], *, viewer: Actor, now: datetime, language: str, most: int, near: Point | None
) -> list[PostCard]:
    """The newest of the first of these, filled up from the wider ones after it where that has few."""
    ids: list[int] = []
    for some in villages:
        if len(ids) < most:
            found = posts(some, viewer=viewer, now=now).exclude(pk__in=ids)
            ids += found.values_list("pk", flat=True)[: most - len(ids)]
    return post_cards(ids, viewer=viewer, language=language, near=near)


def post_cards(ids: Sequence[int], *, viewer: Actor, language: str, near: Point | None = None) -> list[PostCard]:
    """Cards in the order of the ids, which the caller has got for its viewer. Five queries."""
    entries = with_words(Entry.objects.filter(pk__in=list(ids))).select_related(*WITH_POST)
    found = {entry.pk: entry for entry in entries if entry.kind == KIND}
    pictures = first_pictures([pk for pk, entry in found.items() if not rules_of(entry.post.sort).is_quiet])
    counts = comment_counts(list(found), viewer)
    return [
        replace(_card(found[pk], pictures.get(pk), language, near), comment_count=counts.get(pk, 0))
        for pk in ids
        if pk in found
    ]


def _card(entry: Entry, picture: EntryPicture | None, language: str, near: Point | None) -> PostCard:
    words, rules = reading(entry, language), rules_of(entry.post.sort)
    return PostCard(
        id=str(entry.pk),
        title=words.title,
        url=reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words}),
        icon=rules.icon,
        colour=rules.colour,
        category=str(Sort(entry.post.sort).label),
        lead=_lead(words.title, words.body),
        villages=[chip(placement.area, near, language) for placement in entry.placements.all()],
        picture=_picture(picture, language),
        facts=[] if entry.state == State.PUBLISHED else [str(State(entry.state).label)],
        language="" if words.language == language else words.language,
        source=str(SOURCES.get(entry.origin, "")),
        byline=byline_of(entry.author, language),
        said_when=said_moment(entry.published_at, now=timezone.now(), language=language) if entry.published_at else "",
        is_quiet=rules.is_quiet,
        is_settled=entry.post.settled_at is not None,
    )


def _lead(title: str, body: str) -> str:
    """The beginning of the text, unless the title was made of it already."""
    lead = excerpt(plain(body), LEAD_LENGTH)
    return "" if lead.rstrip("…") == title.rstrip("…") else lead


def byline_of(author: Identity | None, language: str) -> str:
    """“Anna Verheyen, Niel”; "" for somebody who has left."""
    if author is None:
        return ""
    home = author.told_home
    return f"{author.name}, {in_language(home.name, language)}" if home else author.name


def _picture(row: EntryPicture | None, language: str) -> Picture | None:
    if row is None:
        return None
    return Picture(picture_url(row.picture, 640), in_language(row.picture.alt, language), 640, 360)


def chip(area: Area, near: Point | None, language: str) -> Village:
    """A village's chip, with the distance when it is not the one looked at."""
    if area.kind != AreaKind.VILLAGE:
        return Village(name=gettext("all villages"))
    metres = distance_m(near, area.point) if near and area.point else None
    return Village(in_language(area.name, language), area.tint, distance_m=metres if metres and metres > 1 else None)


def posts_by_entry(ids: Collection[int], viewer: Actor, *, language: str) -> dict[int, PostCard]:
    """Cards by entry, for lists of all kinds."""
    return {int(card.id): card for card in post_cards(list(ids), viewer=viewer, language=language)}


def own_posts(viewer: Actor, *, states: Collection[State], since: datetime | None = None) -> list[Entry]:
    """What this person has written and is in one of these states, newest first."""
    mine = Entry.objects.filter(kind=KIND, author_id=viewer.identity_id or 0, state__in=list(states))
    if since is not None:
        mine = mine.filter(changed_at__gt=since)
    return list(with_words(mine).select_related("post").order_by("-changed_at", "-pk")[:200])


def feed_entries(villages: VillageFilter, *, now: datetime, sort: str = "") -> list[FeedEntry]:
    """The newest posts that everybody may read, for feed readers. Five queries."""
    found = posts(villages, viewer=VISITOR, now=now, sort=sort)[:FEED_SIZE]
    entries = list(with_words(found).select_related(*WITH_POST))
    pictures = pictures_of([entry.pk for entry in entries])
    return [
        FeedEntry(
            entry,
            entry.post.sort,
            byline_of(entry.author, entry.language),
            [row for row in pictures[entry.pk] if row.picture.is_ready],
        )
        for entry in entries
    ]
