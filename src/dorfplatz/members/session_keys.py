"""A session's key is another one after each change of what the session may do.

Whoever planted or read the key before opens nothing with it from then on. Logging in begins a new session by itself.
"""

from __future__ import annotations

from django.utils import timezone

from dorfplatz.members.actions.devices import touch_device
from dorfplatz.members.devices import seen_in
from dorfplatz.members.sessions import DEVICE
from dorfplatz.villages.request import SquareRequest


def renew_key(request: SquareRequest) -> None:
    """The same session under another key; the one before is worthless at once."""
    request.session.cycle_key()
    follow_device(request)


def follow_device(request: SquareRequest) -> None:
    """The session has another key now: the list of devices follows it."""
    told = request.session.get(DEVICE)
    if told:
        key = request.session.session_key or ""
        touch_device(told[0], seen=seen_in(request), session_key=key, by=request.viewer, now=timezone.now())
