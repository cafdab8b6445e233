"""What moderation plugs into lower floors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.facts import EntriesErased, EntriesHeld, EntriesPublished, EntryChanged
from dorfplatz.entries.models import Entry
from dorfplatz.entries.sockets import gates, holds
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import Exhibit, Reportable, offer_capability, reportables
from dorfplatz.moderation import exhibits
from dorfplatz.moderation.actions import close_gone, look_afterwards, look_at_change, open_cases
from dorfplatz.moderation.enums import DECIDE, SET_RULES, Cause
from dorfplatz.moderation.guards import reason_to_wait
from dorfplatz.moderation.own_parts import plug_own_parts
from dorfplatz.moderation.queries import held_entries, waiting_count
from dorfplatz.ui.kept_parts import kept_parts
from dorfplatz.ui.sockets import Door, account, slots
from dorfplatz.villages.enums import LegalKind
from dorfplatz.villages.sockets import SettingsPage, Whereabouts, settings_pages, whereabouts

GATES = system("gates")

offer_capability(
    DECIDE,
    _("decide about what was reported or waits"),
    Role.CONNECTOR,
    Role.MODERATOR,
    Role.ADMIN,
    always=[Role.ADMIN],
)
offer_capability(SET_RULES, _("set what is looked at first"), Role.MODERATOR, Role.ADMIN, always=[Role.ADMIN])


def _address(entry: Entry) -> str:
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})


def _find(code: str, viewer: Actor) -> int | None:
    return exhibits.find_entry(code, viewer, timezone.now())


def _show(ids: Collection[int]) -> Mapping[int, Exhibit]:
    return exhibits.show_entries(ids, _address)


reportables.plug(
    "entry",
    Reportable(_("Entry"), _find, _show, exhibits.hide_one, exhibits.restore_one, exhibits.remove_one),
)


def _link(request: HttpRequest, sort: str, key: str) -> SafeString:
    url = reverse("moderation:report", kwargs={"sort": sort, "key": key})
    return render_to_string("moderation/parts/report_link.html", {"url": url, "decides": _decides(request)})


def _report_entry(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    return _link(request, "entry", context["entry"].code)


def _report_thing(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    return _link(request, context["sort"], str(context["key"]))


def _report_comment(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """Among what can be done with a comment; not with one's own."""
    comment = context["comment"]
    is_own = comment.author_id is not None and comment.author_id == request.viewer.identity_id  # type: ignore[attr-defined]  # a SquareRequest
    url = "" if is_own else reverse("moderation:report", kwargs={"sort": "comment", "key": str(comment.pk)})
    name = comment.author.name if comment.author else ""
    about = {"url": url, "name": name, "decides": _decides(request)}
    return kept_parts.part("moderation/parts/report_item.html", about)


def _held(fact: EntriesHeld) -> None:
    open_cases(dict(fact.held), cause=Cause.GATE, by=GATES, now=timezone.now())


def _published(fact: EntriesPublished) -> None:
    look_afterwards(fact.entry_ids, by=GATES, now=timezone.now())


def _changed(fact: EntryChanged) -> None:
    look_at_change(fact.entry_id, by=GATES, now=timezone.now())


def _erased(fact: EntriesErased) -> None:
    close_gone([f"entry:{pk}" for pk in fact.entry_ids], by=GATES, now=timezone.now())


gates.plug("moderation", reason_to_wait)
holds.plug("moderation", lambda ids: held_entries(set(ids)))
subscribe(EntriesHeld, _held)
subscribe(EntriesPublished, _published)
subscribe(EntryChanged, _changed)
subscribe(EntriesErased, _erased)
periodic.plug("moderation.old", Periodic("dorfplatz.moderation.tasks.forget_cases", every=timedelta(days=1)))


def _decides(request: HttpRequest) -> bool:
    viewer, municipality = getattr(request, "viewer", None), getattr(request, "municipality", None)
    return bool(municipality and viewer and viewer.is_member and viewer.holds_within(DECIDE, municipality.path))


def _how_many(request: HttpRequest) -> str:
    count = waiting_count(request.viewer, request.site)  # type: ignore[attr-defined, arg-type]  # a SquareRequest
    return _("Moderation (%(n)s)") % {"n": count} if count else str(_("Moderation"))


def _queue(_request: HttpRequest) -> str:
    return reverse("moderation:queue")


def _settings(_request: HttpRequest) -> str:
    return reverse("moderation:settings")


def _numbers(_request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """From the house rules to how they are kept."""
    is_there = context["kind"] == LegalKind.RULES
    url = reverse("moderation:transparency") if is_there else ""
    return render_to_string("moderation/parts/numbers_link.html", {"url": url})


slots.plug("legal:below", "moderation", _numbers)
account.plug("moderation", Door("moderation", _how_many, "shield", _queue, available=_decides), rank=25)
settings_pages.plug(
    "moderation",
    SettingsPage(
        _("What is looked at"), _("Whose entries somebody looks at, before or after they appear."), "eye", _settings,
        SET_RULES,
    ),
    rank=45,
)  # fmt: skip
slots.plug("entry:actions", "report", _report_entry, rank=900)
slots.plug("report", "report", _report_thing)
slots.plug("comment:actions", "report", _report_comment, rank=900)
# No page that is kept for visitors shows any of these.
for _sort in ("case", "report", "decision", "appeal", "guard"):
    whereabouts.plug(f"moderation.{_sort}", Whereabouts(_sort, None))
plug_own_parts()
