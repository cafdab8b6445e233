"""What the worker does for members."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.actions import (
    Doorstep,
    Farewell,
    StepChange,
    call_inactive,
    erase_forgotten,
    erase_identity,
    forget_devices,
    forget_sessions,
    forget_traces,
    forgive_returned,
    send_joining_link,
    send_login_code,
    send_reset_link,
    tell_of_second_step,
)
from dorfplatz.members.actions.leaving import QUIET_FOR
from dorfplatz.members.enums import MANAGE_ROLES, SUSPEND
from dorfplatz.members.limits import WRONG_CODES, forget_attempts
from dorfplatz.members.models import Identity, Login
from dorfplatz.members.queries import (
    due_to_leave,
    holders_of,
    home_square,
    language_of_email,
    quiet_since,
    sessions_of_nobody,
)
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import base_url, municipality_of

AT_A_TIME = 200


@job()
def mail_reset_link(email: str, municipality_id: int) -> None:
    """Whether the address is known is looked up here, so that the page answers everybody alike and as fast."""
    municipality = Municipality.objects.select_related("area").get(pk=municipality_id)
    language = language_of_email(email) or municipality.default_language

    def link(uid: str, token: str) -> str:
        with override(language):
            return base_url(municipality) + reverse("members:new_password", args=[uid, token])

    send_reset_link(
        email,
        link=link,
        square=in_language(municipality.area.name, language),
        by=system("password reset"),
        now=timezone.now(),
    )


@job()
def mail_login_code(email: str, number: str, municipality_id: int) -> None:
    """Whether there is anybody to mail it to is looked up here, as with a forgotten password."""
    municipality = Municipality.objects.select_related("area").get(pk=municipality_id)

    def square(language: str) -> str:
        return in_language(municipality.area.name, language)

    send_login_code(email, number=number, square=square, by=system("login code"), now=timezone.now())


@job()
def mail_second_step(login_id: int, kind: str, is_gone: bool, at: str) -> None:
    """Nothing where the person has left meanwhile."""
    login = Login.objects.filter(pk=login_id).first()
    identity = Identity.objects.filter(login=login).first() if login else None
    municipality = home_square(identity) if identity else None
    if login is None or identity is None or municipality is None:
        return
    with override(identity.language):
        link = base_url(municipality) + reverse("members:factors")
    tell_of_second_step(
        login, change=StepChange(kind, is_gone, at), square=in_language(municipality.area.name, identity.language),
        link=link, by=system("second step"), now=datetime.fromisoformat(at),
    )  # fmt: skip


@job()
def mail_decoy(municipality_id: int, identity_id: int | None, at: str) -> None:
    """To those who may shut people out: that a machine reads pages of people."""
    municipality = Municipality.objects.select_related("area").get(pk=municipality_id)
    who, moment = Identity.objects.filter(pk=identity_id or 0).first(), datetime.fromisoformat(at)
    for person in holders_of(SUSPEND, municipality.area):
        with override(person.language):
            link = base_url(municipality) + reverse("members:member", args=[who.code]) if who else ""
            told = date_format(localtime(moment), "DATETIME_FORMAT")
        context = {"name": person.name, "who": who.name if who else "", "at": told, "link": link,
                   "square": in_language(municipality.area.name, person.language)}  # fmt: skip
        key = f"decoy:{municipality_id}:{identity_id}:{moment.date()}:{person.pk}"
        if person.login:
            post_mail(key=key, to=person.login.email, template="mail/members/decoy", context=context,
                      language=person.language, now=timezone.now())  # fmt: skip


@job()
def mail_guessing(municipality_id: int, at: str) -> None:
    """To those who give roles: that somebody guesses codes of cards."""
    municipality = Municipality.objects.select_related("area").get(pk=municipality_id)
    moment = datetime.fromisoformat(at)
    for person in holders_of(MANAGE_ROLES, municipality.area):
        with override(person.language):
            context = {"name": person.name, "most": WRONG_CODES.most,
                       "at": date_format(localtime(moment), "DATETIME_FORMAT"),
                       "link": base_url(municipality) + reverse("members:cards"),
                       "square": in_language(municipality.area.name, person.language)}  # fmt: skip
        if person.login:
            post_mail(key=f"guessing:{municipality_id}:{moment:%Y-%m-%d-%H}:{person.pk}", to=person.login.email,
                      template="mail/members/guessing", context=context, language=person.language,
                      now=timezone.now())  # fmt: skip


@job()
def mail_joining_link(email: str, municipality_id: int, language: str) -> None:
    """Who has a login already is told so by mail, not by the page."""
    municipality = Municipality.objects.select_related("area").get(pk=municipality_id)
    base = base_url(municipality)

    def link(token: str) -> str:
        with override(language):
            return base + reverse("members:joined_by_mail", args=[token])

    with override(language):
        doorstep = Doorstep(
            link, base + reverse("members:login"), language, in_language(municipality.area.name, language)
        )
    by, now = system("joining"), timezone.now()
    send_joining_link(email, municipality=municipality, doorstep=doorstep, by=by, now=now)


@job(Conduct(_("Erasing those who have left"), outside=True))
def erase_those_who_left() -> None:
    """Erases whoever's time has come, each in a transaction of its own.

    A municipality's last admin stays until there is another.
    """
    by, now = system("leaving"), timezone.now()
    forgive_returned(by=by, now=now)
    for identity in due_to_leave(now=now)[:AT_A_TIME]:
        with suppress(Problem):
            erase_identity(identity, by=by, now=now)
    for keys in sessions_of_nobody():
        if keys:
            forget_sessions(keys, by=by, now=now)
    forget_traces(by=by, now=now)
    forget_devices(by=by, now=now)


@job()
def erase_without_consent() -> None:
    """Erases people without internet whose consent has run out, with all that it covered."""
    erase_forgotten(by=system("consent"), now=timezone.now())


@job(Conduct(_("Asking who has not been here for long"), outside=True))
def call_the_inactive() -> None:
    """Writes to whoever has not been here for a year and a half; some a day, so that no mail server is upset.

    Each in a transaction of its own: whoever is writing meanwhile waits for one mail, not for all.
    """
    by, now = system("leaving"), timezone.now()
    for identity in quiet_since(now - QUIET_FOR)[:AT_A_TIME]:
        municipality = municipality_of(identity.home_area)
        if municipality:
            with override(identity.language):
                link = base_url(municipality) + reverse("members:login")
            farewell = Farewell(in_language(municipality.area.name, identity.language), link)
            call_inactive(identity, farewell=farewell, by=by, now=now)


@job()
def forget_old_attempts() -> None:
    forget_attempts(now=timezone.now())
