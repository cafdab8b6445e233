"""By what somebody who is in already shows that it is still her."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import use_code, use_passkey
from dorfplatz.members.authentication import shows_password
from dorfplatz.members.factors import PASSKEY
from dorfplatz.members.mailed_codes import asked_in, may_type, opens
from dorfplatz.members.models import Login
from dorfplatz.members.passkeys import read_shown
from dorfplatz.villages.request import SquareRequest


class NotProven(Problem):
    """What was shown is not right; `field` is where it was typed."""

    def __init__(self, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field


def proves(request: SquareRequest, login: Login, said: Mapping[str, str], *, now: datetime) -> str:
    """The kind of second step that was shown, "" for the password and a mailed code. Raises NotProven."""
    if said["credential"]:
        try:
            use_passkey(read_shown(request, said["credential"], login), by=request.viewer, now=now)
        except Problem as problem:
            raise NotProven("credential", str(problem)) from problem
        return str(PASSKEY.value)
    if said["code"]:
        return _code(request, login, said["code"], now)
    if not shows_password(login, said["password"]):
        raise NotProven("password", _("The present password is not right."))
    return ""


def _code(request: SquareRequest, login: Login, typed: str, now: datetime) -> str:
    """One field takes what the app shows, a spare code, and what was mailed to her."""
    asked = asked_in(request.session, now=now)
    is_hers = asked is not None and asked.email.casefold() == login.email.casefold()
    if asked and is_hers and may_type(asked, now=now) and opens(request.session, asked, typed, now=now):
        return ""
    factor = use_code(login, code=typed, by=request.viewer, now=now)
    if not factor:
        raise NotProven("code", _("This code is not right, or was used already. Please type the next one."))
    return factor
