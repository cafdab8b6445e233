"""Letters as the two sides read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch, Subquery

from dorfplatz.kernel.actor import Actor
from dorfplatz.letters.models import Enclosure, InFull, Letter, Seat, Thread, ThreadQuerySet
from dorfplatz.letters.sockets import Addressee, addressee, desks
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import WITH_PORTRAIT

MOST_THREADS, PAGE_SIZE = 100, 50


@dataclass(frozen=True)
class Line:
    """One thread in the list. `other` is None where that person has left, or where it is an organisation.

    `desk` is the organisation: the other side, or, where `is_for_desk`, the one for which the viewer reads.
    """

    thread: Thread
    other: Identity | None
    desk: Addressee | None
    is_for_desk: bool
    last: Letter
    is_unread: bool


def pair_of(one: int, other: int) -> str:
    return f"{min(one, other)}:{max(one, other)}"


def pair_at(one: int, desk: str, desk_id: int) -> str:
    return f"{one}:{desk}:{desk_id}"


def _with_seats(threads: ThreadQuerySet, *, viewer: Actor) -> ThreadQuerySet:
    """All seats of each; who may see the thread is asked before."""
    del viewer
    people = Seat.objects.select_related(*(f"identity__{name}" for name in WITH_PORTRAIT))
    return threads.prefetch_related(Prefetch("seats", people))


def own_threads(viewer: Actor) -> list[Line]:
    """The viewer's threads that have a letter she has not thrown away, the latest first. Five queries."""
    seen = Letter.objects.filter(thread=OuterRef("pk")).visible_to(viewer).order_by("-sent_at", "-pk")
    mine = Thread.objects.all().visible_to(viewer).annotate(last_id=Subquery(seen.values("pk")[:1]))
    latest = mine.filter(last_id__isnull=False).order_by("-last_at", "-pk").values_list("pk", "last_id")
    last_ids = dict(latest[:MOST_THREADS])
    threads = _with_seats(Thread.objects.filter(pk__in=last_ids), viewer=viewer).in_bulk()
    letters = Letter.objects.in_bulk(list(last_ids.values()))
    named = _addressees(threads.values())
    return [_line(threads[pk], letters[last], named, viewer) for pk, last in last_ids.items() if last in letters]


def _addressees(threads: Iterable[Thread]) -> Mapping[tuple[str, int | None], Addressee]:
    """The organisations of these threads, a query for each sort of desk."""
    ids: dict[str, set[int]] = defaultdict(set)
    for thread in threads:
        if thread.desk and thread.desk_id is not None:
            ids[thread.desk].add(thread.desk_id)
    return {
        (key, pk): shown
        for key, some in ids.items()
        if (desk := desks.get(key))
        for pk, shown in desk.show(some).items()
    }


def _line(thread: Thread, last: Letter, named: Mapping[tuple[str, int | None], Addressee], viewer: Actor) -> Line:
    seat = seat_of(thread, viewer)
    is_for_desk = bool(thread.desk) and (seat is None or seat.is_desk)
    is_own = last.is_from_desk if is_for_desk else last.author_id == viewer.identity_id
    is_unread = not is_own and (seat is None or seat.read_until is None or last.sent_at > seat.read_until)
    return Line(
        thread, other_in(thread, viewer), named.get((thread.desk, thread.desk_id)), is_for_desk, last, is_unread
    )


def thread_of_code(code: str, viewer: Actor) -> Thread | None:
    """The thread with this address if the viewer reads on one of its sides."""
    found = Thread.objects.filter(code=code.lower()).visible_to(viewer)
    return _with_seats(found, viewer=viewer).first()


def thread_between(viewer: Actor, other: Identity) -> Thread | None:
    """What the two have written to each other so far."""
    return _thread_of_pair(pair_of(viewer.identity_id or 0, other.pk), viewer)


def thread_at(viewer: Actor, desk: str, desk_id: int) -> Thread | None:
    """What the viewer has written to this organisation so far, and its answers."""
    return _thread_of_pair(pair_at(viewer.identity_id or 0, desk, desk_id), viewer)


def _thread_of_pair(pair: str, viewer: Actor) -> Thread | None:
    return _with_seats(Thread.objects.filter(pair=pair).visible_to(viewer), viewer=viewer).first()


def seat_of(thread: Thread, viewer: Actor) -> Seat | None:
    return next((seat for seat in thread.seats.all() if seat.identity_id == viewer.identity_id), None)


def other_in(thread: Thread, viewer: Actor) -> Identity | None:
    """The person on the other side; None where she has left, or where it is an organisation."""
    people = (seat for seat in thread.seats.all() if not seat.is_desk)
    return next((seat.identity for seat in people if seat.identity_id != viewer.identity_id), None)


def desk_of(thread: Thread, viewer: Actor) -> Addressee | None:
    """The organisation of a thread that the viewer has got for herself."""
    del viewer
    return addressee(thread.desk, thread.desk_id)


def letters_in(thread: Thread, viewer: Actor, *, before: datetime | None = None) -> Sequence[Letter]:
    """The latest letters, oldest first, with what lies in them; `before` turns back a page."""
    seen = Letter.objects.filter(thread=thread).visible_to(viewer)
    if before is not None:
        seen = seen.filter(sent_at__lt=before)
    inside = Prefetch("enclosures", Enclosure.objects.select_related("picture"))
    latest = seen.select_related("author").prefetch_related(inside).order_by("-sent_at", "-pk")
    return list(latest[: PAGE_SIZE + 1])[::-1]


def enclosure_of(pk: int, viewer: Actor) -> Enclosure | None:
    """What lies in a letter that the viewer reads and that is not withheld."""
    seen = Letter.objects.filter(enclosures=pk, is_withheld=False).visible_to(viewer)
    return Enclosure.objects.filter(pk=pk, letter__in=seen.values("pk")).select_related("picture", "letter").first()


def wants_in_full(viewer: Actor) -> bool:
    """Whether letters come to this person by mail as they are."""
    return InFull.objects.filter(identity_id=viewer.identity_id or 0).exists()


def those_in_full(ids: Collection[int]) -> set[int]:
    """Of these people, who wants letters by mail as they are; a system query."""
    return set(InFull.objects.filter(identity_id__in=list(ids)).values_list("identity_id", flat=True))


def first_unread(thread_id: int, identity_id: int) -> int | None:
    """Id of the first letter of the other side that this person has not looked at; a system query."""
    seat = Seat.objects.filter(thread_id=thread_id, identity_id=identity_id).first()
    is_for_desk = seat is None or seat.is_desk
    unread = Letter.objects.filter(thread_id=thread_id)
    unread = unread.filter(is_from_desk=False) if is_for_desk else unread.exclude(author_id=identity_id)
    if seat is not None and seat.read_until is not None:
        unread = unread.filter(sent_at__gt=seat.read_until)
    return unread.order_by("sent_at", "pk").values_list("pk", flat=True).first()


def code_of_thread(thread_id: int) -> str:
    """The address of a thread, "" once it is gone; a system query, for whoever has been told of a letter there."""
    return Thread.objects.filter(pk=thread_id).values_list("code", flat=True).first() or ""
