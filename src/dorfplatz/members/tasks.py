"""What the worker does for members."""

from __future__ import annotations

from contextlib import suppress

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import (
    Farewell,
    call_inactive,
    erase_identity,
    forget_traces,
    forgive_returned,
    send_reset_link,
)
from dorfplatz.members.actions.leaving import QUIET_FOR
from dorfplatz.members.limits import forget_attempts
from dorfplatz.members.queries import due_to_leave, language_of_email, quiet_since
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
def erase_those_who_left() -> None:
    """Erases whoever's time has come. A municipality's last admin stays until there is another."""
    by, now = system("leaving"), timezone.now()
    forgive_returned(by=by, now=now)
    for identity in due_to_leave(now=now)[:AT_A_TIME]:
        with suppress(Problem):
            erase_identity(identity, by=by, now=now)
    forget_traces(by=by, now=now)


@job()
def call_the_inactive() -> None:
    """Writes to whoever has not been here for a year and a half; some a day, so that no mail server is upset."""
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
