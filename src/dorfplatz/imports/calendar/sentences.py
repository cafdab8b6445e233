"""What can be wrong with a calendar, for the catalogue: the sentences of events.ical.reading."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("It has no title."),
    _("It does not say when it begins."),
    _("When it begins cannot be understood."),
    _("It ends before it begins."),
    _("It lasts longer than a year."),
    _("It lies before 1970 or after 2100."),
    _("Its rule cannot be understood, or asks for more than one date a day."),
    _("It recurs within a day, hourly or oftener. Here a date stands for a day."),
    _("It has more than a thousand single dates."),
    _("The same event stands in the file twice."),
    _("This is no calendar."),
    _("The file is too big."),
    _("The file has too many events."),
)
