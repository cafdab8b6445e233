"""Pages of members that somebody reports: found, shown to those who decide, taken off and shown again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.actions.standing import hide_page
from dorfplatz.members.enums import ProfileField, SeenBy
from dorfplatz.members.models import Identity, ProfileLine
from dorfplatz.members.queries import member_of_code
from dorfplatz.members.reading import within_budget
from dorfplatz.members.sockets import Exhibit, Reportable, reportables

# What neighbours read, and nothing by which somebody can be reached: those who decide need no telephone number.
TOLD = (ProfileField.ABOUT, ProfileField.LANGUAGES, ProfileField.DOES)
READ_BY_NEIGHBOURS = (SeenBy.VILLAGES, SeenBy.MEMBERS, SeenBy.PUBLIC)


def _find(code: str, viewer: Actor) -> int | None:
    """Whose page the viewer may read, and not her own. Counts as read: the form says her name."""
    person = member_of_code(code, viewer)
    if person is None or person.pk == viewer.identity_id:
        return None
    return person.pk if within_budget(viewer, person, now=timezone.now()) else None


def _show(ids: Collection[int]) -> Mapping[int, Exhibit]:
    lines = ProfileLine.objects.filter(identity__in=list(ids), field__in=TOLD, seen_by__in=READ_BY_NEIGHBOURS)
    said: dict[int, list[str]] = {pk: [] for pk in ids}
    for line in lines.order_by("field"):
        said[line.identity_id].append(line.value)
    people = Identity.objects.filter(pk__in=list(ids))
    return {person.pk: _exhibit(person, said[person.pk]) for person in people}


def _exhibit(person: Identity, lines: list[str]) -> Exhibit:
    return Exhibit(
        title=person.name,
        text="\n\n".join([*lines, *person.introduction.values()]),
        author_id=person.pk,
        area_ids=(person.home_area_id,) if person.home_area_id else (),
        state=_("hidden") if person.is_page_hidden else "",
        url=reverse("members:member", args=[person.code]),
    )


def _hide(pk: int, by: Actor, now: datetime) -> None:
    """Also where it is to be removed: it is hers, so she can change it, and an appeal brings it back."""
    for person in Identity.objects.filter(pk=pk).select_related("home_area"):
        hide_page(person, is_hidden=True, by=by, now=now)


def _restore(pk: int, by: Actor, now: datetime) -> None:
    for person in Identity.objects.filter(pk=pk).select_related("home_area"):
        hide_page(person, is_hidden=False, by=by, now=now)


def plug_reported() -> None:
    label = pgettext_lazy("what is reported", "Page of a member")
    reportables.plug("member", Reportable(label, _find, _show, _hide, _restore, _hide))
