"""How long something has waited, as one neighbour says it to another."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
WEEKS_FROM = timedelta(days=21)


def waits_in_words(since: datetime, now: datetime) -> str:
    """“seit heute”, “seit 3 Tagen”, “seit 4 Wochen”."""
    waited = now - since
    if waited < A_DAY:
        return _("since today")
    if waited < WEEKS_FROM:
        days = waited // A_DAY
        return ngettext("for %(n)d day", "for %(n)d days", days) % {"n": days}
    weeks = waited // A_WEEK
    return ngettext("for %(n)d week", "for %(n)d weeks", weeks) % {"n": weeks}
