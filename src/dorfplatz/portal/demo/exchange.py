"""The demonstration's asks and offers, with their answers and thanks; their dates move on with each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.models import Entry
from dorfplatz.exchange.actions import (
    accept_answer,
    give_answer,
    postpone_exchange,
    set_out,
    show_thanks,
    solve_exchange,
    thank_helper,
)
from dorfplatz.exchange.drafts import ExchangeDraft, Wanted
from dorfplatz.exchange.enums import Direction, Sort
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.portal.demo.reading import FaultyData, check_names, read_toml, rows_of
from dorfplatz.villages.models import Area

FILE = "exchange.toml"
FIELDS = frozenset({
    "key", "kind", "sort", "by", "villages", "days", "title", "text", "language", "de", "nl", "in_days", "when", "from",
    "to", "seats", "for_whom", "regular", "answers", "solved", "thanks", "thanks_shown",
})  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What asks stand on: the villages by slug, people by name, and who puts it all in place."""

    areas: Mapping[str, Area]
    people: Mapping[str, Identity]
    machine: Actor


def read_exchanges() -> Sequence[Mapping[str, object]]:
    """The rows of the file. Raises FaultyData."""
    rows = rows_of(read_toml(FILE), "exchange", FILE)
    for row in rows:
        check_names(row, FIELDS, f"{FILE}, “{row.get('key', '?')}”")
    return rows


@transaction.atomic
def put_exchanges(ground: Ground, *, now: datetime) -> int:
    """Have all asks and offers in place; returns how many were missing."""
    present = {entry.uri: entry for entry in Entry.objects.filter(uri__startswith="demo:exchange/")}
    added = 0
    for row in read_exchanges():
        uri = f"demo:exchange/{row['key']}"
        then = now - timedelta(days=int(str(row["days"])), hours=2)
        if uri in present:
            _move_on(present[uri], then, ground.machine)
        else:
            _put(row, uri, then, now, ground)
            added += 1
    return added


def _move_on(entry: Entry, then: datetime, by: Actor) -> None:
    days = (then.date() - entry.published_at.date()).days if entry.published_at else 0
    if days > 0:
        postpone_exchange(Exchange.objects.get(pk=entry.pk), days=days, by=by, now=then)


def _put(row: Mapping[str, object], uri: str, then: datetime, now: datetime, ground: Ground) -> None:
    author = _person(row["by"], ground)
    said = _draft(row, uri, now, ground)
    said = replace(said, words=replace(said.words, author_id=author.pk))
    exchange = set_out(said, by=ground.machine, now=then)
    answers = [_answer(exchange, said, then, ground) for said in _list(row.get("answers", []))]
    by = actor_of_identity(author)
    if row.get("solved"):
        solve_exchange(exchange, by=by, now=now - timedelta(hours=2))
    if row.get("thanks"):
        answer = answers[0]
        thank_helper(answer, text=str(row["thanks"]), by=by, now=now - timedelta(hours=1))
        if row.get("thanks_shown"):
            show_thanks(answer, shows=True, by=actor_of_identity(answer.helper), now=now)


def _answer(exchange: Exchange, said: Mapping[str, object], then: datetime, ground: Ground) -> Answer:
    helper = actor_of_identity(_person(said["by"], ground))
    key = f"demo:{exchange.pk}:{helper.identity_id}"
    answer = give_answer(exchange, text=str(said["text"]), form_key=key, by=helper, now=then + timedelta(hours=1))
    if said.get("yes") and exchange.entry.author is not None:
        accept_answer(answer, by=actor_of_identity(exchange.entry.author), now=then + timedelta(hours=2))
    return answer


def _draft(row: Mapping[str, object], uri: str, now: datetime, ground: Ground) -> ExchangeDraft:
    texts = {code: (str(pair[0]), str(pair[1])) for code in ("de", "nl") if (pair := _list(row.get(code, [])))}
    in_days, seats = row.get("in_days"), row.get("seats")
    return ExchangeDraft(
        direction=Direction(str(row["kind"])),
        words=Draft(
            title=str(row["title"]),
            body=str(row["text"]),
            language=str(row.get("language", "de")),
            areas=[ground.areas[str(slug)] for slug in _list(row["villages"])],
            texts=texts,
            origin="demo",
            uri=uri,
        ),
        wanted=Wanted(
            sort=Sort(str(row["sort"])),
            is_regular=bool(row.get("regular", False)),
            needed_on=(now + timedelta(days=int(str(in_days)))).date() if in_days else None,
            when_words=str(row.get("when", "")),
            for_whom=str(row.get("for_whom", "")),
            from_words=str(row.get("from", "")),
            to_words=str(row.get("to", "")),
            seats=int(str(seats)) if seats else None,
        ),
    )


def _list(value: object) -> Sequence[Any]:
    if not isinstance(value, list):
        raise FaultyData(f"{FILE}: “{value}” is no list")
    return value


def _person(name: object, ground: Ground) -> Identity:
    found = ground.people.get(str(name))
    if found is None:
        raise FaultyData(f"{FILE}: nobody is called “{name}”")
    return found
