"""Doors at which much is tried ask for a small sum first; as long as little is tried, nobody notices them.

    @public
    @never_cache
    @turnstile(LOGIN)
    def log_in(request): …

What was sent is kept: it travels, sealed, through the page with the sum, and the view gets it afterwards. The exact
limits of the views behind count as before; this only makes many attempts dear before they are refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import TypeVar, cast

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from dorfplatz.members import limits
from dorfplatz.members.devices import account_key
from dorfplatz.members.limits import Limit
from dorfplatz.members.puzzles import WAIT, Answer, judge, make_puzzle, read_puzzle
from dorfplatz.members.sealing import seal, unseal
from dorfplatz.villages.request import SquareRequest

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
TOKEN, NUMBER, CARRIED = "turnstile-token", "turnstile-number", "turnstile-carried"
TRAP = "homepage"
MOST_CARRIED = 100_000
HARDEST = 8


@dataclass(frozen=True)
class Door:
    """How much may be tried before the sum is asked for: about one person, from one address, and in all."""

    name: str
    person: int
    address: int
    everybody: int
    window: timedelta = timedelta(minutes=10)
    is_for_visitors: bool = False
    looks_too: bool = False
    has_trap: bool = True

    def limit(self, of: str, most: int) -> Limit:
        return Limit(f"turnstile-{self.name}-{of}", most, self.window)


LOGIN = Door("login", person=12, address=30, everybody=150)
FORGOTTEN = Door("forgotten", person=6, address=15, everybody=80)
JOIN = Door("join", person=6, address=60, everybody=150, looks_too=True)
REPORT = Door("report", person=6, address=8, everybody=40, is_for_visitors=True, has_trap=False)


def turnstile(door: Door) -> Callable[[V], V]:
    """Ask for the sum where the counters of this door say so, and of whoever fills in the field that nobody sees."""

    def wrap(view: V) -> V:
        @wraps(view)
        def guarded(request: SquareRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            said = ""
            if request.method == "POST" and TOKEN in request.POST:
                said = _answered(request, door)
                if not said:
                    return view(_as_carried(request), *args, **kwargs)
            elif not (_is_asked(request, door) and (times := _crowding(request, door))):
                return view(request, *args, **kwargs)
            return _ask(request, door, said, 1 if said else times)

        return cast("V", guarded)

    return wrap


def calm(door: Door, person: str) -> None:
    """She has shown that it is really her: what was tried at her account counts no more."""
    limits.clear_attempts(door.limit("person", door.person), person)


def _is_asked(request: SquareRequest, door: Door) -> bool:
    if door.is_for_visitors and request.viewer.is_member:
        return False
    return request.method == "POST" or door.looks_too


def _crowding(request: SquareRequest, door: Door) -> int:
    """Count this attempt; 0 where there is room, else how many times the usual work is asked for."""
    now, municipality = timezone.now(), getattr(request.municipality, "pk", 0)
    counted = [
        (door.limit("address", door.address), limits.client_address(request)),
        (door.limit("all", door.everybody), str(municipality)),
    ]
    person = request.POST.get("email", "")[:254].replace("\0", "")
    if person:
        counted.append((door.limit("person", door.person), account_key(request, person)))
    fullest = max(limits.count(limit, what, now=now) / limit.most for limit, what in counted)
    if fullest <= 1 and not (door.has_trap and request.POST.get(TRAP)):
        return 0
    return max(1, min(HARDEST, int(fullest)))


def _answered(request: SquareRequest, door: Door) -> str:
    """ "" where the answer is right; else what to say."""
    now = timezone.now()
    puzzle = read_puzzle(request.POST[TOKEN], door.name, now=now)
    number = request.POST.get(NUMBER, "")
    answer = judge(puzzle, number, now=now) if puzzle else Answer.WORTHLESS
    if answer == Answer.EARLY:
        return _("That was a little early. Please wait until the time is over, and press again.")
    # Waiting costs a machine nothing: an address may do so a few times only.
    waited_too_often = not number and not limits.count_attempt(
        limits.WAITS_PER_ADDRESS, limits.client_address(request), now=now
    )
    if answer == Answer.WORTHLESS or waited_too_often:
        return _("This took too long, or was used already. Please once more.")
    return ""


def _as_carried(request: SquareRequest) -> SquareRequest:
    """The request as it came to the door before the sum was asked for. What was sealed for another page counts not."""
    told = unseal(request.POST.get(CARRIED, ""), _purpose(request))
    carried = json.loads(told) if told else {"method": "GET", "post": ""}
    request.method = carried["method"]
    request.POST = QueryDict(carried["post"])
    return request


def _ask(request: SquareRequest, door: Door, said: str, times: int) -> HttpResponse:
    token = request.POST.get(TOKEN, "")
    now = timezone.now()
    puzzle = (read_puzzle(token, door.name, now=now) if said and not request.POST.get(NUMBER) else None) or make_puzzle(
        door.name, times=times, now=now
    )
    carried = request.POST.get(CARRIED, "") if token else _sealed(request)
    context = {"puzzle": puzzle, "carried": carried, "said": said, "wait_s": int(WAIT.total_seconds())}
    answer = render(request, "members/turnstile.html", context, status=429)
    add_never_cache_headers(answer)
    return answer


def _sealed(request: SquareRequest) -> str:
    post = request.POST.copy()
    post.pop("csrfmiddlewaretoken", None)
    told = json.dumps({"method": "POST" if request.method == "POST" else "GET", "post": post.urlencode()})
    return seal(told, _purpose(request)) if len(told) <= MOST_CARRIED else ""


def _purpose(request: SquareRequest) -> str:
    return f"members.turnstile:{request.get_full_path()}"
