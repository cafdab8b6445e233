"""What members offers: apps name their capabilities here, and the roles that carry them from the start; what they know
about a person; what of theirs can be reported; what of theirs waits for a connector; and what she sets down
for, and tells, somebody without internet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.registry import Registry
from dorfplatz.members.enums import Role


@dataclass(frozen=True)
class Capability:
    """Something a role allows in an area, in words for the page of roles.

    `roles` carry it from the start. A municipality may take it from them, but for those in `always`, and give it to
    those in `also`; to others never.
    """

    label: str | Promise
    roles: frozenset[Role]
    also: frozenset[Role] = frozenset()
    always: frozenset[Role] = frozenset()


capabilities: Registry[Capability] = Registry("capabilities")


def offer_capability(
    name: str, label: str | Promise, *roles: Role, also: Iterable[Role] = (), always: Iterable[Role] = ()
) -> None:
    """Plug a capability; operators always hold it."""
    keeping = frozenset({*always, Role.OPERATOR})
    capability = Capability(label, frozenset({*roles, Role.OPERATOR}), frozenset(also), keeping)
    if not keeping <= capability.roles or capability.also & capability.roles:
        raise ValueError(f"capability “{name}”: who always has it has it from the start, and nobody has it twice")
    capabilities.plug(name, capability)


def capabilities_of(role: str, changes: Mapping[str, bool] = MappingProxyType({})) -> frozenset[str]:
    """What the role carries, with a municipality's changes: a capability's name, and whether it is carried there.

    A change beyond what the capability allows has no effect, and neither has one of a capability nobody offers.
    """
    return frozenset(name for name, capability in capabilities.items() if _carries(capability, role, changes.get(name)))


def _carries(capability: Capability, role: str, change: bool | None) -> bool:
    if role in capability.roles:
        return change is not False or role in capability.always
    return change is True and role in capability.also


Row = Mapping[str, Any]
File = tuple[str, Callable[[], bytes]]


def _no_files(_identity_id: int) -> Iterable[File]:
    return ()


@dataclass(frozen=True)
class Part:
    """One kind of what the square has about a person, in the hands of the app that keeps it.

    `fields` are the keys of a row in order, with words for readers; `rows` and `files` hand out what there is about the
    identity with that id. `let_go` erases it, or takes the name off; None where it goes with the person's own row.
    `stays` says in a sentence what remains, without a name. `words` are labels of values, by key. What `is_raw` is
    meant for machines: pages tell only how much of it there is. `there` is the query behind `rows`, of a part that
    most people have nothing of: all of these are asked at once whether there is anything, raw ones how much.
    """

    label: str | Promise
    fields: Mapping[str, str | Promise]
    rows: Callable[[int], Iterable[Row]]
    let_go: Callable[[int, Actor, datetime], None] | None = None
    stays: str | Promise = ""
    files: Callable[[int], Iterable[File]] = _no_files
    words: Mapping[str, Mapping[str, str | Promise]] = field(default_factory=dict)
    is_raw: bool = False
    there: Callable[[int], QuerySet[Any]] | None = None


class TitleOf(str):
    """In a row: what somebody else's entry is called, and its id. Left out once the person does not see it any more."""

    __slots__ = ("entry_id",)
    entry_id: int

    def __new__(cls, title: str, entry_id: int) -> TitleOf:
        made = super().__new__(cls, title)
        made.entry_id = entry_id
        return made


# The spine answers which of these entries somebody sees at this moment.
seen_entries: Registry[Callable[[Collection[int], Actor], Collection[int]]] = Registry("entries that somebody sees")
personal_data: Registry[Part] = Registry("parts of what is known about a person")


@dataclass(frozen=True)
class Exhibit:
    """A thing that was reported, as those see it who decide. `area_ids` is where it stands, `url` its page, if any."""

    title: str
    text: str
    author_id: int | None
    area_ids: tuple[int, ...]
    state: str | Promise = ""
    url: str = ""


@dataclass(frozen=True)
class Reportable:
    """One sort of thing that anybody can report, in the hands of the app that keeps it.

    Plugged in under the journal's word for it (“comment” of “comment:12”), which also stands in the address of the
    form. `find` turns the key of an address into the id of a thing this viewer may see, or None. `show` is asked for
    those who decide, whatever the viewer may see, in few queries for any number. `hide`, `restore` and `remove` ask
    their own policies; hiding what is hidden does nothing. A page shows the link with
    `{% slot "report" sort="comment" key=comment.pk %}`. What `is_private` was for few to read: those who decide see
    it after having shown anew that it is they.
    """

    label: str | Promise
    find: Callable[[str, Actor], int | None]
    show: Callable[[Collection[int]], Mapping[int, Exhibit]]
    hide: Callable[[int, Actor, datetime], None]
    restore: Callable[[int, Actor, datetime], None]
    remove: Callable[[int, Actor, datetime], None]
    is_private: bool = False


reportables: Registry[Reportable] = Registry("things that can be reported")


@dataclass(frozen=True)
class Backer:
    """An organisation in whose name somebody may give her word. `key` tells it from others."""

    key: int
    name: str


# Those who know organisations answer which ones the actor speaks for.
backers: Registry[Callable[[Actor], Iterable[Backer]]] = Registry("organisations that give their word")


@dataclass(frozen=True)
class Errand:
    """What an invitation carries besides or instead of a role, in the hands of the app that knows it.

    Plugged in under the first word of `Invitation.errand` (“keeping” of “keeping:12”). `words` says for a mail and a
    page what somebody is asked to do, in the active language; `take_up` is called when she has joined or said yes.
    """

    words: Callable[[int], str]
    take_up: Callable[[int, int, datetime], None]


errands: Registry[Errand] = Registry("what invitations carry")


@dataclass(frozen=True)
class Beat:
    """Who looks after which areas of a municipality at this moment: what a duty is asked with."""

    viewer: Actor
    municipality: Any
    areas: Mapping[int, Any]
    now: datetime

    def areas_with(self, capability: str) -> list[int]:
        """Those of the areas in which she holds the capability; what a duty is about may need more than a desk."""
        return [pk for pk, area in self.areas.items() if self.viewer.holds(capability, str(area.path))]


@dataclass(frozen=True)
class Move:
    """What can be done about it at the desk itself, by one button; `asks` is a question to be answered with it."""

    verb: str
    label: str | Promise
    icon: str
    asks: str | Promise = ""
    begins: str = ""  # the answer, to be changed


@dataclass(frozen=True)
class Lead:
    """Where one goes to do it."""

    label: str | Promise
    icon: str
    url: str | Promise


OF_ITS_ENTRY = 0  # the area is the one of the entry's that the desk is for


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a connector. `reason` says why, in a sentence; `words` are what somebody said of it.

    Where it waits is an area of the desk, or one of those of its entry. What is about an entry says its `entry_id`, its
    own title and the `title_language`: it is shown under the reader's.
    """

    id: int
    area_id: int
    title: str
    reason: str | Promise
    since: datetime
    url: str | Promise = ""
    words: str = ""
    phone: str = ""
    phone_url: str = ""
    moves: tuple[Move, ...] = ()
    leads: tuple[Lead, ...] = ()
    is_urgent: bool = False
    entry_id: int = 0
    title_language: str = ""


@dataclass(frozen=True)
class Duty:
    """One sort of thing that waits for connectors, in the hands of the app that knows it.

    Plugged in under the first word of an item's key (“ask” of “ask:12”). `find` asks as many queries for many areas as
    for one, and gives no more than `most`; it answers only what the viewer may see. `do` is called with what `find`
    has just found, and asks its own policies; it says what was done. `weight` is how much a day of waiting counts.
    What was done is left in peace for `rests`. Of what has a `share`, a desk shows so many a week. What `is_personal`
    is nobody else's: it is not handed to a colleague, and not noted for one.
    """

    label: str | Promise
    icon: str
    weight: int
    find: Callable[[Beat, int], Iterable[Waiting]]
    do: Callable[[Waiting, str, str, Beat], str] | None = None
    rests: timedelta = timedelta(0)
    share: int | None = None
    is_personal: bool = False


duties: Registry[Duty] = Registry("what waits for connectors")


@dataclass(frozen=True)
class Call:
    """One thing that somebody without internet is to be told, or asked: in words that can be read out to her.

    `key` names it (“answer:12”). `since` is when it happened; what has grown since she was told, is to be told again.
    `words` are what somebody wrote to her, `url` is where one enters what she says to it. With `has_duty`, a duty of
    its own on the desk asks for her answer, so that it does not lie there twice.
    """

    key: str
    person_id: int
    text: str
    since: datetime
    words: str = ""
    url: str = ""
    has_duty: bool = False


# What there is to tell these people, asked by whoever acts for them: as many queries for many as for one.
calls: Registry[Callable[[Collection[int], Actor, datetime], Iterable[Call]]] = Registry("what is told by telephone")


@dataclass(frozen=True)
class Writing:
    """One sort of thing that a connector sets down while somebody is on the telephone, or from a sheet of paper.

    `purpose` is to what she agrees with it, in words that can be read out to her. `url` is where it is written, by a
    hand that acts for her already; it gets the slug of her village.
    """

    label: str | Promise
    icon: str
    purpose: str | Promise
    url: Callable[[str], str]
    room: str = ""


writings: Registry[Writing] = Registry("what is set down for somebody without internet")
