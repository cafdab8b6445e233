"""Why an OpenStreetMap file could not be read."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Fault(StrEnum):
    """Why a file could not be read."""

    MISSING = "missing"
    EMPTY = "empty"
    NOT_OSM = "not_osm"
    TRUNCATED = "truncated"
    COORDINATES = "coordinates"
    TOO_MUCH = "too_much"


class Unreadable(Exception):
    """The file could not be read; nothing came of it. `text` says why, `sentence` in the active language."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault

    @property
    def sentence(self) -> str:
        return gettext(self.text)

    @property
    def text(self) -> str:
        return {
            Fault.MISSING: _("The file cannot be opened. Is its name right?"),
            Fault.EMPTY: _("The file is empty: there is nothing in it."),
            Fault.NOT_OSM: _("This is not an OpenStreetMap file. It must end in .osm.pbf, .osm or .osm.gz."),
            Fault.TRUNCATED: _("The file is incomplete: it stops in the middle. Please fetch it again."),
            Fault.COORDINATES: _("The file has coordinates that are no place on earth. It must be damaged."),
            Fault.TOO_MUCH: _("The file is too large to be read here. Please use a smaller extract."),
        }[self.fault]
