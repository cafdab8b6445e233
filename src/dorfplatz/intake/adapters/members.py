"""Her consent: when it ends soon; and looking around in her name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.queries import mandates_of
from dorfplatz.members.sockets import Call, Writing, calls, writings
from dorfplatz.villages.sockets import village_pages

ASKED_BEFORE = timedelta(days=21)


def consents(people: Collection[int], viewer: Actor, now: datetime) -> Iterable[Call]:
    """Three weeks before, or for the last third of a short one: after it everything about her is erased."""
    for mandate in mandates_of(viewer, now=now).filter(person__in=people):
        before = min(ASKED_BEFORE, (mandate.until - mandate.given_at) / 3)
        if now < mandate.until - before:
            continue
        day = date_format(localtime(mandate.until), "DATE_FORMAT")
        text = _("Her consent ends on %(day)s; then everything about her is erased. Does she want to go on?")
        url = reverse("members:renew_mandate", args=[mandate.pk])
        yield Call(f"consent:{mandate.pk}", mandate.person_id, text % {"day": day}, mandate.until - before, url=url)


def _home(slug: str) -> str:
    home = village_pages.get("home")
    return home(slug) if home else reverse("members:me")


def plug_members() -> None:
    calls.plug("members.consent", consents)
    writings.plug("other", Writing(
        gettext_lazy("Something else"), "ellipsis",
        gettext_lazy("writing on the square in her name, and telling her what comes of it"), _home,
    ), rank=90)  # fmt: skip
