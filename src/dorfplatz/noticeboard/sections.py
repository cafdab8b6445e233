"""The sections of a paper by their names. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _


def section_called(section: str) -> str:
    """Its heading, in the active language."""
    return {
        "dates": _("What is on"),
        "exchange": _("Looking for and offering"),
        "news": _("News from the village"),
        "wishes": _("What people wish"),
        "place": _("A place worth knowing"),
        "welcome": _("New here?"),
    }[section]
