"""Whether an e-mail address and a password belong together, at the same cost whoever asks about whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import QuerySet

from dorfplatz.members.models import Identity, Login
from dorfplatz.villages.prepared import Prepared

# Of her home: what is long, and asked for on hardly any page.
UNASKED = tuple(
    f"identity__{area}__{name}" for area in ("home_area", "home_area__parent") for name in ("outline", "intro")
)


def _login_of(user_id: int) -> QuerySet[Login]:
    behind = ("home_area__parent__municipality", "joining", "leaving")
    found = Login.objects.select_related(*(f"identity__{name}" for name in behind))
    return found.defer(*UNASKED).filter(pk=user_id)


_with_person = Prepared(_login_of, int)


class MemberBackend(ModelBackend):
    """The login of a session, read together with the person behind it: every page of a member asks for both."""

    def get_user(self, user_id: int) -> Login | None:
        for login in _with_person(user_id):
            return login if self.user_can_authenticate(login) else None
        return None


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


def shows_password(login: Login, password: str) -> bool:
    """Whether it is the password of this login, whose owner is there already."""
    return bool(login.has_usable_password() and check_password(password, login.password))
