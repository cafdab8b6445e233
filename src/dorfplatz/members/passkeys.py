"""Passkeys (WebAuthn): what a device is asked, and what its answer proves. Over allauth's and Yubico's code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dorfplatz.kernel.late import Late
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Login

if TYPE_CHECKING:
    from allauth.mfa.webauthn.internal import auth
else:
    auth = Late("allauth.mfa.webauthn.internal.auth")

LONGEST_ANSWER = 20_000
# What the libraries raise for an answer that is none: they read what a stranger has written.
UNREADABLE = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)


def ask_to_register(request: HttpRequest, login: Login) -> str:
    """What the device needs to make a passkey for this login, as JSON. The session keeps what the answer must fit."""
    with request_context(request):
        return _json(auth.begin_registration(login, passwordless=True))


def ask_to_show(request: HttpRequest, login: Login | None) -> str:
    """What the device needs to show a passkey: one of this login's, or any for this square."""
    with request_context(request):
        return _json(auth.begin_authentication(login))


def read_registration(request: HttpRequest, answer: str) -> dict[str, Any]:
    """The credential to keep. Raises Problem for an answer that does not fit what was asked."""
    try:
        credential = _read(answer)
        with request_context(request):
            auth.parse_registration_response(credential)
            shown = auth.complete_registration(credential)
        if not shown.is_user_verified():
            raise ValueError("nobody was asked for finger, face or PIN")
    except UNREADABLE as error:
        raise Problem(_("This did not work. Please try again.")) from error
    return credential


def read_shown(request: HttpRequest, answer: str, login: Login | None) -> Authenticator:
    """The passkey that was shown. Without a login known before, the device must have asked for finger, face or PIN.

    Raises Problem for an answer that does not fit what was asked, or that was given before.
    """
    try:
        credential = _read(answer)
        with request_context(request):
            said = auth.parse_authentication_response(credential)
            owner = login or auth.extract_user_from_response(credential)
            passkey = auth.complete_authentication(owner, credential)
        if login is None and not said.response.authenticator_data.is_user_verified():
            raise ValueError("nobody was asked for finger, face or PIN")
    except UNREADABLE as error:
        raise Problem(_("This passkey does not fit. Please try again, or log in with your password.")) from error
    finally:
        request.session.pop(auth.STATE_SESSION_KEY, None)
    return passkey


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("too long")
    said = json.loads(answer)
    if not isinstance(said, dict):
        raise TypeError("no object")
    return said


def _json(options: Any) -> str:
    return json.dumps(options, default=dict)
