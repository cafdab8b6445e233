"""Logging in at a provider by OpenID Connect: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0).

Whatever is asked of the provider goes through `kernel.net`. Nothing it says is believed but a signed token that fits.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from dorfplatz.kernel.net import Egress, FetchFailed, FetchRefused, fetch, send
from dorfplatz.kernel.verdict import Problem

EGRESS = Egress()  # tests put a line to this machine here
PATIENCE_S, LONGEST_ANSWER, KNOWN_FOR_S = 5.0, 200_000, 3600
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
CLOCKS_DIFFER_S = 60


@dataclass(frozen=True)
class Provider:
    """As the operator has named it in the environment."""

    name: str
    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Endpoints:
    """What the provider says of itself."""

    authorization: str
    token: str
    keys: str
    takes_basic_only: bool


@dataclass(frozen=True)
class Asked:
    """What the session keeps until the reader comes back; it counts once."""

    state: str
    nonce: str
    verifier: str
    after: str
    is_link: bool

    @classmethod
    def new(cls, *, after: str, is_link: bool) -> Asked:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _number in range(3))
        return cls(state, nonce, verifier, after, is_link)

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def provider() -> Provider | None:
    """The one provider of this installation, if there is one."""
    told = settings.OIDC
    if not told["issuer"] or not told["client_id"]:
        return None
    name = told["name"] or urlsplit(told["issuer"]).hostname or ""
    return Provider(name, told["issuer"], told["client_id"], told["client_secret"])


def address_to_ask(found: Provider, asked: Asked, *, back: str) -> str:
    """Where the reader is sent. Raises Problem when the provider does not answer as it should."""
    endpoints = _endpoints(found)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).decode().rstrip("=")
    told = urlencode({
        "response_type": "code", "scope": "openid", "client_id": found.client_id, "redirect_uri": back,
        "state": asked.state, "nonce": asked.nonce, "code_challenge": challenge, "code_challenge_method": "S256",
    })  # fmt: skip
    return f"{endpoints.authorization}{'&' if '?' in endpoints.authorization else '?'}{told}"


def subject_of(found: Provider, asked: Asked, *, code: str, back: str) -> str:
    """Whom the provider means, for the code it has sent along. Raises Problem for whatever does not fit."""
    endpoints = _endpoints(found)
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": asked.verifier}
    headers = {}
    if endpoints.takes_basic_only:
        pair = urlencode({found.client_id: found.client_secret}).replace("=", ":", 1)
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        fields |= {"client_id": found.client_id, "client_secret": found.client_secret}
    told = _json(endpoints.token, fields, headers)
    return _subject(found, str(told.get("id_token", "")), _json(endpoints.keys), asked.nonce)


def _subject(found: Provider, token: str, keys: Mapping[str, Any], nonce: str) -> str:
    try:
        head = jwt.get_unverified_header(token)
        known = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if head.get("kid") in (None, key.key_id)]
        if not known or head.get("alg") not in SIGNED_BY:
            raise jwt.InvalidTokenError("no key fits")
        said = jwt.decode(
            token, known[0], algorithms=SIGNED_BY, audience=found.client_id, issuer=found.issuer,
            leeway=CLOCKS_DIFFER_S, options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )  # fmt: skip
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise _trouble(found.name) from error
    if not secrets.compare_digest(str(said["nonce"]).encode(), nonce.encode()):
        raise _trouble(found.name)
    if said.get("azp", found.client_id) != found.client_id or not 0 < len(str(said["sub"])) <= 255:
        raise _trouble(found.name)
    return str(said["sub"])


def _endpoints(found: Provider) -> Endpoints:
    key = f"oidc:{hashlib.sha256(found.issuer.encode()).hexdigest()}"
    known = cache.get(key)
    if known:
        return Endpoints(**known)
    said = _json(f"{found.issuer.rstrip('/')}/.well-known/openid-configuration")
    if said.get("issuer") != found.issuer:
        raise _trouble(found.name)
    named = [str(said.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(address.startswith("https://") for address in named):
        raise _trouble(found.name)
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    endpoints = Endpoints(named[0], named[1], named[2], "client_secret_post" not in ways)
    cache.set(key, asdict(endpoints), KNOWN_FOR_S)
    return endpoints


def _json(
    address: str, fields: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    name = urlsplit(address).hostname or ""
    try:
        if fields is None:
            answer = fetch(
                address, timeout_s=PATIENCE_S, max_bytes=LONGEST_ANSWER, accept="application/json", redirects=0,
                egress=EGRESS,
            )  # fmt: skip
        else:
            told = {**(headers or {}), "Content-Type": "application/x-www-form-urlencoded"}
            answer = send(
                address, body=urlencode(fields).encode(), headers=told, timeout_s=PATIENCE_S,
                max_bytes=LONGEST_ANSWER, egress=EGRESS,
            )  # fmt: skip
        said = json.loads(answer.body) if answer.status == 200 else None
    except (FetchFailed, FetchRefused, ValueError, RecursionError) as error:
        raise _trouble(name) from error
    if not isinstance(said, dict):
        raise _trouble(name)
    return said


def _trouble(name: str) -> Problem:
    return Problem(
        _("Logging in with %(name)s does not work at the moment. Please take your e-mail address and password.")
        % {"name": name}
    )
