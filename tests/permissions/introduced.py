"""Introductions in the two municipalities of the world: two people who are asked."""

from __future__ import annotations

from typing import Any

from dorfplatz.matching.models import AskedPerson, Introduction
from tests.fixtures.kranenburg import NOW

# Where, and who is asked; an answer is that of the first.
TWO = {"here": ("niel", "r", "e"), "weeze": ("wemb", "o", "a")}


def introduced(world: Any) -> dict[tuple[str, str], Any]:
    """Numbers of introductions and of questions, by route and by where they are."""
    found: dict[tuple[str, str], Any] = {}
    one, other = world.entries["public"].entry, world.entries["members"].entry
    for thing, (slug, *letters) in TWO.items():
        needs, has = (one, other) if thing == "here" else (other, one)
        introduction = Introduction.objects.create(
            area=world.area(slug), pair=f"ask:{needs.pk}-offer:{has.pk}", state="asked", proposed_at=NOW, needs=needs,
            has=has,
        )  # fmt: skip
        of = {"introduction": introduction, "thing": f"ask:{needs.pk}"}
        people = [AskedPerson.objects.create(**of, identity=world.people[letter]) for letter in letters]
        found |= {("matching:steer", thing): introduction.pk, ("matching:answer", thing): people[0].pk}
    return found
