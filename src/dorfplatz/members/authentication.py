"""Whether an e-mail address and a password belong together, at the same cost whoever asks about whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password

from dorfplatz.members.models import Identity, Login


@dataclass(frozen=True)
class Found:
    """A login whose password was right; `identity` is None for one that belongs to nobody."""

    login: Login
    identity: Identity | None

    @property
    def is_blocked(self) -> bool:
        return self.identity is None or self.identity.is_blocked or not self.login.is_active


def find_login(email: str, password: str) -> Found | None:
    """The login, or None where address or password are not right. Reads the same rows and hashes once either way."""
    nobody = _somebody()  # worked out before anything is looked up, so that the first attempt tells nothing either
    login = Login.objects.select_related("identity").filter(email__iexact=email.strip()).first()
    known = login.password if login and login.has_usable_password() else nobody
    if not check_password(password, known) or login is None:
        return None
    return Found(login, getattr(login, "identity", None))


@lru_cache(maxsize=1)
def _somebody() -> str:
    """The hash of a password that nobody has."""
    return make_password("nobody has this password")
