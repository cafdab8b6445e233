"""Second steps of logging in: codes from an app (RFC 6238), spare codes on paper, passkeys. See also `adapter`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.enums import SECURED_ROLES
from dorfplatz.members.models import Identity, Login, RoleGrant

APP, SPARE, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES, Authenticator.Type.WEBAUTHN
WORDS: dict[str, str | Promise] = {
    APP.value: _("Code from an app"),
    SPARE.value: _("Spare codes"),
    PASSKEY.value: _("Passkey"),
}


@dataclass(frozen=True)
class Factor:
    """One of them, as its owner sees it."""

    pk: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """All that one login has."""

    app: Factor | None
    passkeys: list[Factor]
    spare_count: int

    @property
    def any(self) -> bool:
        """Whether there is a second step at all; spare codes alone are none."""
        return bool(self.app or self.passkeys)


def factors_of(login: Login) -> Factors:
    rows = list(Authenticator.objects.filter(user=login).order_by("created_at", "pk"))
    spare = next((row for row in rows if row.type == SPARE), None)
    apps = [_factor(row) for row in rows if row.type == APP]
    passkeys = [_factor(row) for row in rows if row.type == PASSKEY]
    return Factors(apps[0] if apps else None, passkeys, len(RecoveryCodes(spare).get_unused_codes()) if spare else 0)


def _factor(row: Authenticator) -> Factor:
    name = str(row.data.get("name", "")) if row.type == PASSKEY else str(WORDS[row.type])
    return Factor(row.pk, row.type, name, row.created_at, row.last_used_at)


def new_secret() -> str:
    """160 random bits in the letters that apps take."""
    return str(generate_totp_secret())


def app_address(login: Login, secret: str, square: str) -> str:
    """What the QR code tells the app: whose codes for which square."""
    told = urlencode({"secret": secret, "issuer": square}, quote_via=quote)
    return f"otpauth://totp/{quote(square)}:{quote(login.email)}?{told}"


def secured(actor: Actor, *, exempt_path: str) -> Actor:
    """The actor as she is without a second step: a plain member, her roles near personal data at rest.

    `exempt_path` is the path of the demonstration's municipality, "" elsewhere. Where she is a neighbour stays.
    """
    counting = tuple(
        grant
        for grant in actor.grants
        if grant.role not in SECURED_ROLES or (exempt_path and grant.area_path.startswith(exempt_path))
    )
    return actor if counting == actor.grants else replace(actor, grants=counting)


def has_resting_roles(identity: Identity, *, exempt_path: str) -> bool:
    """Whether the person has a role that counts only with a second step."""
    held = RoleGrant.objects.filter(identity=identity, ended_at__isnull=True, role__in=SECURED_ROLES)
    return (held.exclude(area__path__startswith=exempt_path) if exempt_path else held).exists()
