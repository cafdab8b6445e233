"""What imports plug into lower floors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dorfplatz.imports.enums import RUN, SUBSCRIBED, SourceKind
from dorfplatz.imports.queries import source_of
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.ui import sockets
from dorfplatz.villages.sockets import SettingsPage, settings_pages


def _history(_request: HttpRequest) -> str:
    return reverse("imports:history")


def _subscriptions(_request: HttpRequest) -> str:
    return reverse("imports:subscriptions")


def _source(_request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """Where an entry from a list comes from; `places` says it of OpenStreetMap itself."""
    entry = context.get("entry")
    source = source_of(entry.pk) if entry is not None and entry.origin in TOLD else None
    return render_to_string("imports/parts/source.html", {"source": source, "entry": entry})


TOLD = {SourceKind.CSV, *SUBSCRIBED}
tables.plug("imports.SourceRecord", Kept(
    _("What a list or OpenStreetMap says of a club, firm or authority"),
    _("To see what has changed with the next import."),
    _("As long as the entry stands."), Basis.PUBLIC_TASK, ("values",),
), rank=46)  # fmt: skip
offer_capability(RUN, _("import entries from files"), Role.ADMIN, also=[Role.EDITOR])
periodic.plug("imports.calendars", Periodic("dorfplatz.imports.tasks.read_calendars", every=timedelta(hours=1)))
sockets.slots.plug("entry:source", "imports", _source)
settings_pages.plug(
    "imports",
    SettingsPage(_("Imports"), _("Fill the map from OpenStreetMap or from a list."), "upload", _history, RUN),
    rank=60,
)
settings_pages.plug(
    "imports.subscriptions",
    SettingsPage(
        _("Calendars and news of clubs"), _("What clubs publish on their own pages comes here by itself."), "rss",
        _subscriptions, RUN,
    ),
    rank=61,
)  # fmt: skip
