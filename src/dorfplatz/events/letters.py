"""The mail to somebody who comes, when a date is not what it was."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.entries.queries import reading
from dorfplatz.events.models import Coming
from dorfplatz.events.said import when_in_words
from dorfplatz.mail.actions import post_mail


def tell(coming: Coming, change: str, *, word: str, link: str, square: str, said: str, now: datetime) -> None:
    """Post it, once for each decision; `said` is the moment of the decision."""
    identity, event = coming.identity, coming.event
    if identity.login is None:
        return
    occurrence = event.occurrences.filter(on=coming.on).first()
    with override(identity.language):
        when = when_in_words(occurrence, event, now=now, language=identity.language) if occurrence else ""
        title = reading(event.entry, identity.language).title
        context = {
            "name": identity.name, "title": title, "headline": _headline(change), "when": when,
            "word": word, "link": link, "square": square, "is_on": change not in ("cancelled", "called_off", "ended"),
        }  # fmt: skip
    post_mail(
        key=f"event:{event.pk}:{coming.pk}:{said}",
        to=identity.login.email,
        template="mail/events/changed",
        context=context,
        language=identity.language,
        now=now,
    )


def _headline(change: str) -> str:
    return {
        "cancelled": _("This date does not take place."),
        "called_off": _("It does not take place."),
        "ended": _("It takes place no more."),
        "moved": _("It is at another time."),
        "added": _("There is an extra date."),
        "restored": _("It takes place after all, as always."),
    }.get(change, _("Something about it has changed."))
