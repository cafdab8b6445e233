"""The days of a paper, as people say them. Pure."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

MORE_THAN_A_WEEK = 7


def said_days(since: date, until: date, language: str) -> str:
    """“28. November bis 4. Dezember 2026”, or the month by its name."""
    with override(language):
        if since.day == 1 and (until - since).days > MORE_THAN_A_WEEK:
            return date_format(since, "F Y")
        dot = "." if language == "de" else ""
        ends = date_format(until, f"j{dot} F Y")
        same_month = (since.year, since.month) == (until.year, until.month)
        begins = f"{since.day}{dot}" if same_month else date_format(since, f"j{dot} F")
        return _("%(first)s to %(last)s") % {"first": begins, "last": ends}
