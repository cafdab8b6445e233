"""Reading the journal, and proving that nobody has rewritten it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dorfplatz.journal.models import FIRST_SEAL, Act, Head
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import Actor

SEE = "journal.see"
WHOLE_INSTALLATION = "/"


def acts_of(thing: str, viewer: Actor, *, area_path: str = WHOLE_INSTALLATION) -> QuerySet[Act]:
    """What was done to a thing, oldest first, for those who may read the journal; for others nothing.

    The journal knows no areas: the caller says in which area the thing lies ("/1/4/9/"). Left out, only somebody
    with the right for the whole installation sees something.
    """
    return _readable(viewer, area_path).filter(thing=thing)


def acts_in_areas(area_ids: list[int], viewer: Actor, *, area_path: str = WHOLE_INSTALLATION) -> QuerySet[Act]:
    """What was done in these areas, newest first, under the same rule."""
    return _readable(viewer, area_path).filter(area_id__in=area_ids).order_by("-number")


def last_actor_of(thing: str, verb: str) -> int | None:
    """Who did this to the thing last; a system query, for callers who ask first whether their viewer may know."""
    found = Act.objects.filter(thing=thing, verb=verb).order_by("-number")
    return found.values_list("actor_id", flat=True).first()


def _readable(viewer: Actor, area_path: str) -> QuerySet[Act]:
    return Act.objects.all() if viewer.holds(SEE, area_path) else Act.objects.none()


def erasing_acts(since: datetime) -> QuerySet[Act]:
    """Lines by which something was erased for good; a system query, for what must survive a restored backup."""
    verbs = [verb for verb, _again in erasures.items()]
    return Act.objects.filter(at__gte=since, verb__in=verbs)


@dataclass(frozen=True, order=True)
class BrokenLink:
    """A line that is not what was written: `fault` is "edited", "missing" or "added" behind the journal's head."""

    number: int
    fault: str


def broken_links() -> list[BrokenLink]:
    """Every line that was edited, taken out or slipped in; empty for a sound journal. Reads all of it, in portions."""
    # The head is read before and after: lines appended meanwhile lie between the two and are no fault.
    before = _head()
    found, last = _chain_faults(before)
    found.update(BrokenLink(number, "missing") for number in range(last + 1, before.number + 1))
    found.update(BrokenLink(number, "added") for number in range(_head().number + 1, last + 1))
    return sorted(found)


def _head() -> Head:
    return Head.objects.filter(pk=1).first() or Head(number=0, seal=FIRST_SEAL)


def _chain_faults(head: Head) -> tuple[set[BrokenLink], int]:
    """Faults up to the last line there is, and that line's number."""
    found: set[BrokenLink] = set()
    number, seal = 0, FIRST_SEAL
    for act in Act.objects.order_by("number").iterator(chunk_size=2000):
        found.update(BrokenLink(gap, "missing") for gap in range(number + 1, act.number))
        # Behind a gap the seal before is lost: the first line there vouches only for those that follow.
        follows = act.number == number + 1
        at_head = act.number == head.number
        if (follows and act.seal != act.seal_after(seal)) or (at_head and act.seal != head.seal):
            found.add(BrokenLink(act.number, "edited"))
        number, seal = act.number, act.seal
    return found, number
