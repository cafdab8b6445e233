"""What this app plugs into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dorfplatz.languages.queries import is_outside_allowed
from dorfplatz.translation.engines.choosing import the_engine
from dorfplatz.ui.sockets import slots
from dorfplatz.villages.enums import LegalKind
from dorfplatz.villages.sockets import SettingsPage, Whereabouts, settings_pages, whereabouts


def _settings(_request: HttpRequest) -> str:
    return reverse("languages:settings")


def _outside(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """Below what a municipality says about privacy: that public texts are sent away, while it is so."""
    municipality = getattr(request, "municipality", None)
    is_so = (
        context["kind"] == LegalKind.PRIVACY
        and municipality is not None
        and the_engine().leaves_the_house
        and is_outside_allowed(municipality)
    )
    return render_to_string("languages/parts/outside_note.html", {"is_so": is_so})


page = SettingsPage(_("Languages"), _("Words of the place, and how texts are translated."), "languages", _settings)
settings_pages.plug("languages", page, rank=65)
slots.plug("legal:below", "languages", _outside)
# What is translated anew afterwards raises the editions; the list itself is for those who keep it.
whereabouts.plug("languages.words", Whereabouts("local-word", None))
# Numbered like its municipality, whose page about privacy says it.
whereabouts.plug("languages.outside", Whereabouts("outside-translation", tuple))
