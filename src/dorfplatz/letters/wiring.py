"""What letters plugs into lower floors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.letters.actions import remove_letter, withhold_letter
from dorfplatz.letters.by_mail import take_answer
from dorfplatz.letters.models import Letter
from dorfplatz.letters.own_letters import plug_own_letters
from dorfplatz.letters.policies import can_begin_with
from dorfplatz.letters.post import PURPOSE
from dorfplatz.mail.sockets import receivers
from dorfplatz.members.sockets import Exhibit, Reportable, reportables
from dorfplatz.ui.sockets import Door, menu, slots
from dorfplatz.villages.sockets import Whereabouts, whereabouts


def _letters(_request: HttpRequest) -> str:
    return reverse("letters:threads")


def _is_member(request: HttpRequest) -> bool:
    return bool(getattr(request, "viewer", VISITOR).is_member)


def _find(key: str, viewer: Actor) -> int | None:
    """Only what somebody else wrote to the viewer."""
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    got = Letter.objects.filter(pk=int(key)).visible_to(viewer).exclude(author_id=viewer.identity_id)
    return got.values_list("pk", flat=True).first()


def _show(ids: Collection[int]) -> Mapping[int, Exhibit]:
    """The reported letter and nothing around it."""
    return {letter.pk: _exhibit(letter) for letter in _reported(ids)}


def _reported(ids: Collection[int]) -> list[Letter]:
    return list(Letter.objects.filter(pk__in=list(ids)).select_related("author"))


def _exhibit(letter: Letter) -> Exhibit:
    home = letter.author.home_area_id if letter.author else None
    return Exhibit(
        title=str(_("A letter")),
        text=letter.text,
        author_id=letter.author_id,
        area_ids=(home,) if home else (),
        state=_("hidden") if letter.is_withheld else "",
    )


def _hide(pk: int, by: Actor, now: datetime) -> None:
    withhold_letter(Letter.objects.get(pk=pk), is_withheld=True, by=by, now=now)


def _restore(pk: int, by: Actor, now: datetime) -> None:
    withhold_letter(Letter.objects.get(pk=pk), is_withheld=False, by=by, now=now)


def _remove(pk: int, by: Actor, now: datetime) -> None:
    remove_letter(Letter.objects.get(pk=pk), by=by, now=now)


def _write_to(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """On a neighbour's page, for those who may write to her."""
    person = context["person"]
    may = bool(can_begin_with(getattr(request, "viewer", VISITOR), person))
    url = reverse("letters:write", args=[person.code]) if may else ""
    return render_to_string("letters/parts/write_to.html", {"url": url})


slots.plug("member:actions", "letters", _write_to)
menu.plug("letters", Door("letters", pgettext_lazy("menu", "Letters"), "mail", _letters, "", _is_member), rank=45)
reportables.plug("letter", Reportable(_("letter"), _find, _show, _hide, _restore, _remove, is_private=True))
plug_own_letters()
receivers.plug(PURPOSE, take_answer)
periodic.plug(
    "letters.sweep",
    Periodic("dorfplatz.letters.tasks.sweep_documents", every=timedelta(days=1), offset=timedelta(hours=2)),
)
for _thing in ("letter", "thread"):
    whereabouts.plug(f"letters.{_thing}", Whereabouts(_thing, None))
