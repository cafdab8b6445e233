"""What is mailed to let somebody in, or because somebody has changed how she comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import allowed_if
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.factors import WORDS
from dorfplatz.members.mailed_codes import code_of, in_groups
from dorfplatz.members.models import Identity, Login


@transaction.atomic
def send_login_code(email: str, *, number: str, square: Callable[[str], str], by: Actor, now: datetime) -> None:
    """Mail the code that `number` stands for, if the address belongs to somebody who may log in; else do nothing."""
    allowed_if(by.is_system, str(_("Everybody changes their own page only."))).require()
    login = Login.objects.filter(email__iexact=email.strip(), is_active=True, identity__is_blocked=False).first()
    if login is None:
        return
    identity = Identity.objects.get(login=login)
    post_mail(
        key=f"login-code:{login.pk}:{number}",
        to=login.email,
        template="mail/members/login_code",
        context={"code": in_groups(code_of(email, number)), "name": identity.name, "square": square(identity.language)},
        language=identity.language,
        by=by,
        now=now,
    )


@dataclass(frozen=True)
class StepChange:
    """A second step that was added or removed; `kind` is one of allauth's, or “all”. Told once for a `moment`."""

    kind: str
    is_gone: bool
    moment: str


@transaction.atomic
def tell_of_second_step(login: Login, *, change: StepChange, square: str, link: str, by: Actor, now: datetime) -> None:
    """Tell the owner by mail, so that nobody changes how she comes in behind her back."""
    allowed_if(by.is_system, str(_("Everybody changes their own page only."))).require()
    identity = Identity.objects.get(login=login)
    with override(identity.language):
        step = str(WORDS[change.kind]) if change.kind in WORDS else ""
        at = date_format(localtime(now), "DATETIME_FORMAT")
    post_mail(
        key=f"second-step:{login.pk}:{change.kind}:{change.is_gone}:{change.moment}",
        to=login.email,
        template="mail/members/second_step",
        context={"name": identity.name, "step": step, "is_gone": change.is_gone, "at": at, "square": square,
                 "link": link},
        language=identity.language,
        by=by,
        now=now,
    )  # fmt: skip
