"""New neighbours, for the connectors of their village: so that somebody says hello."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.actions import Telling, tell_people
from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Note
from dorfplatz.channels.sockets import Sort, sorts
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.members.facts import MemberJoined
from dorfplatz.members.queries import connectors_of
from dorfplatz.villages.models import Area

CHANNELS = system("channels")


def hear_of_newcomer(fact: MemberJoined) -> None:
    people = [face.identity_id for face in connectors_of(Area.objects.filter(pk=fact.area_id), CHANNELS)]
    telling = Telling("newcomer", f"newcomer:{fact.identity_id}", None, fact.identity_id)
    tell_people(people, telling=telling, by=CHANNELS, now=timezone.now())


def _person(note: Note) -> str:
    """Her page, where one writes to her or gives one’s word for her."""
    return reverse("members:member", args=[note.told_by.code]) if note.told_by else reverse("channels:notes")


def plug_members() -> None:
    # In the list at once, by mail with the letter: a whole crowd must not be a whole crowd of mails.
    newcomer = Sort(
        _("New neighbours in my village (connectors)"), _("%(name)s is new in your village. Say hello!"), "sprout",
        Way.LETTER, url=_person,
    )  # fmt: skip
    sorts.plug("newcomer", newcomer, rank=61)
    subscribe(MemberJoined, hear_of_newcomer)
