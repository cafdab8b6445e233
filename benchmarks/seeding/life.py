"""What a square lives of: two years of posts, dates, asks and offers, what was said to them, and who lives there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from benchmarks.seeding.entries import BATCH, Town, own_code
from benchmarks.seeding.words import NAMES, SENTENCES
from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Note
from dorfplatz.comments.models import Comment, Discussion
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.events.actions.expansion import expand
from dorfplatz.events.models import Event
from dorfplatz.exchange.enums import Direction, Step
from dorfplatz.exchange.enums import Sort as ExchangeSort
from dorfplatz.exchange.models import Exchange
from dorfplatz.members.models import Identity, Login
from dorfplatz.places.models import Listing
from dorfplatz.square.enums import Sort
from dorfplatz.square.models import Post
from dorfplatz.villages.models import Area

NO_PASSWORD = make_password(None)
TWO_YEARS, A_MONTH = timedelta(days=730), timedelta(days=30)
LONG_THREADS, IN_A_LONG_ONE = 10, 60
KNOWN = 200  # of a municipality’s places and clubs have dates
SERIES = 0.02  # of the dates come every week: some forty courses and choirs in a municipality
ZONES = {"DE": "Europe/Berlin", "NL": "Europe/Amsterdam"}


@dataclass(frozen=True)
class Life:
    """How much of it a municipality has."""

    people: int
    posts: int
    dates: int
    asks: int
    comments: int


def write_life(town: Town, life: Life, *, now: datetime) -> None:
    """All of one municipality."""
    people = _write_people(town, life.people, now)
    posts = _write(town, _spread(town, "post", life.posts, people, now))
    Post.objects.bulk_create([Post(entry=entry, sort=_sort(town.random)) for entry in posts], batch_size=BATCH)
    Discussion.objects.bulk_create([Discussion(entry=entry, is_open=True) for entry in posts], batch_size=BATCH)
    _write_dates(town, life.dates, people, now)
    asks = _write(town, _asks(town, life.asks, people, now))
    Exchange.objects.bulk_create([_exchange(town.random, entry, now) for entry in asks], batch_size=BATCH)
    Comment.objects.bulk_create(list(_comments(town, posts, people, life.comments)), batch_size=BATCH)


def write_notes(identity: Identity, count: int, *, now: datetime) -> None:
    """What somebody was told of the newest posts where she lives; the first ones she has not read."""
    found = Entry.objects.filter(kind="post", placements__area=identity.home_area).order_by("-published_at")[:count]
    Note.objects.bulk_create(
        [
            Note(identity=identity, sort="watch", key=f"watch:{entry.pk}", entry=entry, way=Way.LIST,
                 made_at=entry.published_at or now, read_at=None if number < 12 else now)
            for number, entry in reversed(list(enumerate(found)))
        ], batch_size=BATCH,
    )  # fmt: skip


def _write_people(town: Town, count: int, now: datetime) -> list[Identity]:
    """Who came over two years, with a login each: the database must not learn that this is a thing nobody has."""
    codes = (own_code() for _number in range(count))
    logins = [Login(email=f"{code}@bench.example", password=NO_PASSWORD, created_at=now) for code in codes]
    ways_in = Login.objects.bulk_create(logins, batch_size=BATCH)
    weights = [area.inhabitants or 1 for area in town.villages]
    homes = town.random.choices(town.villages, weights, k=count)
    people = []
    for number, (home, way_in) in enumerate(zip(homes, ways_in, strict=True)):
        name = f"{town.random.choice(('Anna', 'Jan', 'Greta', 'Piet', 'Lotte', 'Heinz'))} {NAMES[number % 24]}"
        came_at = now - TWO_YEARS * town.random.random()
        people.append(Identity(login=way_in, name=name, home_area=home, language=town.language, created_at=came_at))
    return Identity.objects.bulk_create(people, batch_size=BATCH)


def _write(town: Town, entries: Iterator[Entry]) -> list[Entry]:
    """The spine's rows and where each is set out."""
    written = Entry.objects.bulk_create(list(entries), batch_size=BATCH)
    placed = [EntryArea(entry=entry, area=area) for entry in written for area in _areas(town)]
    EntryArea.objects.bulk_create(placed, batch_size=BATCH)
    return written


def _areas(town: Town) -> list[Area]:
    chance, weights = town.random.random(), [area.inhabitants or 1 for area in town.villages]
    if chance < 0.05:
        return [town.area]
    some = town.random.choices(town.villages, weights, k=2 if chance < 0.12 else 1)
    return list({area.pk: area for area in some}.values())


def _spread(
    town: Town, kind: str, count: int, people: Sequence[Identity], now: datetime, **more: Any
) -> Iterator[Entry]:
    """Over two years, a third for members only."""
    random = town.random
    for _number in range(count):
        at = now - TWO_YEARS * random.random()
        words = random.sample(SENTENCES[town.language], 3)
        yield Entry(
            code=own_code(), kind=kind, title=f"{random.choice(NAMES)}: {words[0]}"[:100], body="\n\n".join(words[1:]),
            language=town.language, author=random.choice(people), state=State.PUBLISHED,
            audience=Audience.MEMBERS if random.random() < 0.3 else Audience.PUBLIC,
            published_at=at, created_at=at, changed_at=at, **more,
        )  # fmt: skip


def _sort(random: Random) -> Sort:
    return random.choice([Sort.NEWS, Sort.NEWS, Sort.NEWS, Sort.STORY, Sort.THANKS, Sort.NEWS])


def _write_dates(town: Town, count: int, people: Sequence[Identity], now: datetime) -> None:
    """From a year ago to half a year ahead; some every week, half of them at a place and by a club of the map."""
    random, today = town.random, now.date()
    known = Listing.objects.filter(entry__placements__area__in=town.villages).order_by("pk").distinct()
    places, clubs = (
        list(known.filter(entry__kind=kind).values_list("pk", flat=True)[:KNOWN]) or [None]
        for kind in ("location", "organization")
    )
    entries = _write(town, _spread(town, "event", count, people, now))
    events = []
    for entry in entries:
        on = today + timedelta(days=random.randint(-365, 180))
        at = clock(random.randint(9, 20), random.choice((0, 30)))
        named = {"place_id": random.choice(places), "organiser_id": random.choice(clubs)} if len(events) % 2 else {}
        events.append(
            Event(
                entry=entry, starts_on=on, starts_time=at, ends_on=on, ends_time=at.replace(hour=at.hour + 2),
                zone=ZONES.get(town.area.country, "Europe/Berlin"), uid=f"{entry.code}@bench.example",
                rule="FREQ=WEEKLY" if random.random() < SERIES else "", place_words=random.choice(NAMES),
                **named,
            )
        )  # fmt: skip
    Event.objects.bulk_create(events, batch_size=BATCH)
    for start in range(0, count, BATCH):
        expand(events[start : start + BATCH], today=today)


def _asks(town: Town, count: int, people: Sequence[Identity], now: datetime) -> Iterator[Entry]:
    """They stand for four weeks: of two years' asks, one in twenty-five is still there."""
    for number, entry in enumerate(_spread(town, Direction.ASK, count, people, now)):
        entry.kind = Direction.ASK if number % 3 else Direction.OFFER
        entry.expires_at = (entry.published_at or now) + A_MONTH
        yield entry


def _exchange(random: Random, entry: Entry, now: datetime) -> Exchange:
    is_over = bool(entry.expires_at and entry.expires_at < now)
    step = random.choice([Step.SOLVED, Step.THANKED, Step.OPEN]) if is_over else random.choice([Step.OPEN, Step.TALK])
    return Exchange(
        entry=entry, sort=random.choice(list(ExchangeSort)), step=step, told_hours=72,
        solved_at=entry.expires_at if step in (Step.SOLVED, Step.THANKED) else None,
    )  # fmt: skip


def _comments(town: Town, posts: Sequence[Entry], people: Sequence[Identity], count: int) -> Iterator[Comment]:
    """Some posts are spoken of at length, most a little or not at all."""
    random, left = town.random, count
    for number, entry in enumerate(sorted(posts, key=lambda entry: entry.audience == Audience.MEMBERS)):
        many = IN_A_LONG_ONE if number < LONG_THREADS else random.choice((0, 0, 1, 2, 5))
        for _number in range(min(many, left)):
            yield _comment(random, entry, random.choice(people), town.language)
        left -= min(many, left)
    for entry in random.choices(posts, k=left):
        yield _comment(random, entry, random.choice(people), town.language)


def _comment(random: Random, entry: Entry, author: Identity, language: str) -> Comment:
    at = entry.created_at + timedelta(hours=random.randint(1, 200))
    key = f"bench-{random.getrandbits(80):020x}"
    words = random.choice(SENTENCES[language])
    return Comment(entry=entry, author=author, body=words, language=language, written_at=at, form_key=key)
