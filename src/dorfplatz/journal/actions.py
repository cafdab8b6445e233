"""Writing the journal. Called by every action, in the action's own transaction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from dorfplatz.journal.facts import ErasedForGood, ThingsTouched
from dorfplatz.journal.models import Act, Head
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce

BATCH = 500
# Ids, codes, names of fields, numbers: a word without spaces. Texts and addresses of people do not fit through.
WORD = re.compile(r"[^\s@]{0,200}")


@dataclass(frozen=True)
class Line:
    """One thing to which the same was done as to others, for `record_acts`."""

    thing: str
    area_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def record_act(
    verb: str,
    *,
    by: Actor,
    now: datetime,
    thing: str,
    area_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> Act:
    """Append one line: `verb` like "publish_entry", `thing` like "entry:12", `details` of ids and names of fields.

    Appending holds the journal's head until the surrounding transaction ends. Raises ValueError for details that
    could hold a text or the address of a person.
    """
    return record_acts(verb, lines=[Line(thing, area_id, details or {})], by=by, now=now)[0]


@transaction.atomic
def record_acts(verb: str, *, lines: Iterable[Line], by: Actor, now: datetime) -> list[Act]:
    """Append one line for each thing, in the given order, at the price of one lock. For imports.

    Tells `ThingsTouched`, once for all of them.
    """
    acts = [
        Act(
            at=now,
            verb=verb,
            actor_id=by.hand_id or by.identity_id,
            system=by.system,
            thing=line.thing,
            area_id=line.area_id,
            details=_checked({**line.details, "for": by.identity_id} if by.hand_id else line.details),
        )
        for line in lines
    ]
    if not acts:
        return []
    head = _head()
    Act.objects.bulk_create(head.append(acts), batch_size=BATCH)
    head.save(update_fields=["number", "seal"])
    announce(ThingsTouched(tuple((act.thing, act.area_id) for act in acts)))
    if verb in erasures:
        announce(ErasedForGood(verb))
    return acts


@transaction.atomic
def touch_things(things: Iterable[str]) -> None:
    """Tell `ThingsTouched` without a line: of a quiet change, and of where a thing was before it is moved or erased."""
    touched = tuple((thing, None) for thing in things)
    if touched:
        _head()  # whoever listens may lock, too: always in this order
        announce(ThingsTouched(touched))


def _head() -> Head:
    # SQLite's transactions are IMMEDIATE and so alone already; PostgreSQL waits here for the transaction before.
    return Head.objects.select_for_update().get_or_create(pk=1)[0]


def _checked(details: Mapping[str, Any]) -> dict[str, object]:
    """The details as plain JSON that reads back the same from every database; floats and dates would not."""
    return {_word(key): _plain(part) for key, part in details.items()}


def _word(text: str) -> str:
    if not WORD.fullmatch(text):
        raise ValueError("the journal takes ids and names of fields, no texts and no addresses")
    return str(text)


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _word(value)
    if isinstance(value, Mapping):
        return _checked(value)
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_plain(part) for part in parts]
    raise ValueError(f"the journal cannot hold a {type(value).__name__}")
