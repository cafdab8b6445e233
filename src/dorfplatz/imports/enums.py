"""Choices of imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    OSM = "osm", "OpenStreetMap"
    CSV = "csv", _("Table (CSV)")


RUN = "imports.run"
