"""Somebody comes to the square, and says who they are."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.spelling import as_written, is_plain_name, lookalikes
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.members.facts import IdentityCreated
from dorfplatz.members.models import Identity, Login
from dorfplatz.members.policies import can_change_identity, can_move_to
from dorfplatz.villages.description import KNOWN_LANGUAGES
from dorfplatz.villages.models import Area

LONGEST_NAME = 80


@transaction.atomic
def create_identity(
    *,
    name: str,
    language: str,
    by: Actor,
    now: datetime,
    home_area: Area | None = None,
    email: str = "",
    password: str = "",
    is_demonstration: bool = False,
) -> Identity:
    """Somebody new, with a login when an e-mail address and a password are given. Only the system may.

    `is_demonstration` takes the passwords known to everybody. Raises Problem for a name, address or password that
    cannot be used, and for an address that has a login already.
    """
    allowed_if(by.is_system, str(_("People join by invitation."))).require()
    login = _login(email, password, now, check=not is_demonstration) if email else None
    identity = Identity.objects.create(
        login=login,
        name=checked_name(name),
        language=_checked_language(language),
        home_area=home_area,
        created_at=now,
    )
    record_act("identity.created", by=by, now=now, thing=f"identity:{identity.pk}")
    announce(IdentityCreated(identity.pk))
    return identity


def _login(email: str, password: str, now: datetime, *, check: bool) -> Login:
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Problem(_("This is not an e-mail address.")) from error
    login = Login(email=address, created_at=now)
    if check:
        require_good_password(password, login)
    login.set_password(password)
    try:
        with transaction.atomic():
            login.save()
    except IntegrityError as error:
        raise Problem(_("This e-mail address has a login already.")) from error
    return login


def require_good_password(password: str, login: Login) -> None:
    """Raise Problem that says what is wrong with the password."""
    try:
        validate_password(password, login)
    except ValidationError as error:
        raise Problem(" ".join(error.messages)) from error


@transaction.atomic
def change_identity(
    identity: Identity, *, name: str, language: str, home_area: Area | None, by: Actor, now: datetime
) -> list[str]:
    """Bring the person's own page to these values; returns the names of what is different now."""
    can_change_identity(by, identity).require()
    locked = Identity.objects.select_for_update().get(pk=identity.pk)
    stated = {
        "name": checked_name(name, of=locked.pk) if name != locked.name else name,
        "language": _checked_language(language),
        "home_area_id": home_area.pk if home_area else None,
    }
    different = [field for field, value in stated.items() if getattr(locked, field) != value]
    if home_area and "home_area_id" in different:
        verdict = can_move_to(by, home_area)
        if not verdict:
            raise Problem(verdict.reason)
    if different:
        for field in different:
            setattr(locked, field, stated[field])
        locked.save(update_fields=different)
        record_act("identity.changed", by=by, now=now, thing=f"identity:{locked.pk}", details={"fields": different})
    return different


def checked_name(name: str, *, of: int = 0) -> str:
    """The name as it is kept; `of` is the identity that has it already.

    Raises Problem for one that is none, or that could pass for another's.
    """
    words = as_written(name)
    if not words or len(words) > LONGEST_NAME:
        raise Problem(_("Please write your name in at most %(longest)d letters.") % {"longest": LONGEST_NAME})
    if not is_plain_name(words):
        raise Problem(_("Please write your name with the letters of one alphabet, without special signs."))
    doubles = Q()
    for other in lookalikes(words):
        doubles |= Q(name__iexact=other)
    if doubles and Identity.objects.filter(doubles).exclude(pk=of).exists():
        raise Problem(
            _("Somebody here has a name that looks just like this one. Please write yours a little differently.")
        )
    return words


def _checked_language(language: str) -> str:
    if language not in KNOWN_LANGUAGES:
        raise Problem(_("Please choose one of the languages."))
    return language
