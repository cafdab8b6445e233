"""What of matching is told by telephone: whether she would like to be introduced, and to whom she is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.enums import OPEN, State
from dorfplatz.matching.models import AskedPerson
from dorfplatz.matching.policies import can_introduce
from dorfplatz.matching.queries import things_again
from dorfplatz.members.sockets import Call, calls

LOOK_BACK = timedelta(days=60)
MOST = 200


def questions(people: Collection[int], viewer: Actor, now: datetime) -> Iterable[Call]:
    """No name of the other before both have said yes; nothing of introductions with whom a block keeps apart."""
    hers = AskedPerson.objects.filter(identity__in=people).exclude(
        introduction__people__identity__in=list(viewer.apart_from)
    )
    asked = hers.filter(introduction__state__in=OPEN, said_yes_at__isnull=True)
    met = hers.filter(introduction__state=State.INTRODUCED, introduction__introduced_at__gt=now - LOOK_BACK)
    whole = (asked | met).select_related("introduction__area").prefetch_related("introduction__people__identity")
    rows = list(whole.order_by("pk")[:MOST])
    wanted = {one.thing for row in rows for one in row.introduction.people.all()}
    things = things_again(sorted(wanted), Actor(system="matching"), now=now) if wanted else {}
    for row in rows:
        introduction, thing = row.introduction, things.get(row.thing)
        other = next((one for one in introduction.people.all() if one.pk != row.pk), None)
        url = reverse("matching:introductions") if can_introduce(viewer, introduction.area) else ""
        if introduction.state in OPEN:
            text = _("Somebody nearby might fit “%(title)s”. May we introduce her?")
            said = {"title": thing.title if thing else "–"}
            at, has_duty = introduction.proposed_at, bool(url)
            yield Call(f"introduction:{row.pk}", row.identity_id or 0, text % said, at, url=url, has_duty=has_duty)
        elif other is not None:
            theirs = things.get(other.thing)
            name = other.identity.name if other.identity else theirs.name if theirs else "–"
            text = _("Both have said yes: she is introduced to %(name)s, “%(title)s”.")
            said = {"name": name, "title": theirs.title if theirs else "–"}
            at = introduction.introduced_at or now
            yield Call(f"introduced:{row.pk}", row.identity_id or 0, text % said, at, url=url)


def plug_calls() -> None:
    calls.plug("matching.questions", questions)
