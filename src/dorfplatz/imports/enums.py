"""Choices of imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    OSM = "osm", "OpenStreetMap"
    CSV = "csv", _("Table (CSV)")
    ICS = "ics", _("Calendar (iCalendar)")
    FEED = "feed", _("News (RSS, Atom)")


# What a club has on its own pages and we read again by ourselves.
SUBSCRIBED = (SourceKind.ICS, SourceKind.FEED)

RUN = "imports.run"
