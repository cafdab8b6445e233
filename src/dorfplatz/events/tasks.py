"""What the worker does for the calendar."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dorfplatz.events.actions import expand_due_events, forget_old_comings
from dorfplatz.events.letters import tell
from dorfplatz.events.models import Coming
from dorfplatz.jobs.job import Conduct, job
from dorfplatz.kernel.actor import system
from dorfplatz.villages.queries import base_url, municipality_of

CLOCK = system("calendar")


@job(Conduct(_("Turning the pages of the calendar")))
def turn_pages() -> None:
    """Works out the dates of series for the months that have come near, and forgets who came where."""
    expand_due_events(by=CLOCK, now=timezone.now())
    forget_old_comings(by=CLOCK, now=timezone.now())


@job(Conduct(_("Telling those who come")))
def tell_one_who_comes(coming_id: int, change: str, word: str, said: str) -> None:
    """One mail to one person who comes, in her language; nothing where she has no address."""
    coming = (
        Coming.objects.select_related("event__entry", "identity__login", "identity__home_area")
        .filter(pk=coming_id)
        .first()
    )
    if coming is None:
        return
    municipality = municipality_of(coming.identity.home_area)
    login = coming.identity.login
    if municipality is None or login is None or not login.email:
        return
    entry = coming.event.entry
    with override(coming.identity.language):
        path = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
        tell(
            coming,
            change,
            word=word,
            link=f"{base_url(municipality)}{path}",
            square=str(municipality),
            said=said,
            now=timezone.now(),
        )
