"""The data map: what each table keeps of persons, why, on what ground, for how long (GDPR, articles 13 and 30).

Every app says it of its own tables. docs/data-map.csv lists each field of each table as reviewed by a person; a test
compares it with the tables there are. The page “How long we keep what” is made of this.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum

from django.utils.functional import Promise

from dorfplatz.kernel.registry import Registry


class Basis(Enum):
    """The letters of article 6 (1) GDPR that the square goes by."""

    CONSENT = "a"
    MEMBERSHIP = "b"
    DUTY = "c"
    PUBLIC_TASK = "e"


@dataclass(frozen=True)
class Kept:
    """What one table keeps of persons, in the words of whoever asks.

    `fields` are those that say something of a person. `subject` is the lookup from a row to the person's id; "" where
    a row belongs to nobody on the square (a club's telephone number). `part` names what hands the rows out to the
    person; `secret` are fields that are not handed out because they are of use to thieves only.
    """

    what: str | Promise
    why: str | Promise
    how_long: str | Promise
    basis: Basis
    fields: Collection[str]
    subject: str = ""
    part: str = ""
    secret: Collection[str] = field(default_factory=tuple)


# By the table's name, "members.Identity".
tables: Registry[Kept] = Registry("tables about persons")
