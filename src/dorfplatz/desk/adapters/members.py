"""New neighbours: somebody says hello, in a letter or at the door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from dorfplatz.desk.words import waits_in_words
from dorfplatz.kernel.text import in_language
from dorfplatz.letters.actions import write_letter
from dorfplatz.letters.policies import can_begin_with
from dorfplatz.members.models import Identity, Joining
from dorfplatz.members.queries import newcomers_since
from dorfplatz.members.sockets import Beat, Duty, Lead, Move, Waiting, duties

NEW_FOR = timedelta(days=60)
LETTER, SPOKEN = "letter", "spoken"


def find_newcomers(beat: Beat, most: int) -> Iterable[Waiting]:
    found = newcomers_since(beat.now - NEW_FOR, beat.viewer, areas=list(beat.areas), most=most)
    return [_waiting(joining, beat) for joining in found if joining.identity_id != beat.viewer.identity_id]


def _waiting(joining: Joining, beat: Beat) -> Waiting:
    person = joining.identity
    waits = waits_in_words(joining.joined_at, beat.now)
    if person.is_known:
        reason = _("Has been new here %(waits)s, and nobody has said hello.") % {"waits": waits}
    else:
        reason = _("Has been new here %(waits)s, and no neighbour knows this person yet.") % {"waits": waits}
    may_write = bool(person.login_id) and not beat.viewer.curbs
    letter = Move(LETTER, gettext_lazy("Write a welcome"), "mail", gettext_lazy("Your letter"), _greeting(person, beat))
    spoken = Move(SPOKEN, gettext_lazy("I have said hello"), "hand")
    word = Lead(gettext_lazy("I know this person"), "handshake", reverse_lazy("members:member", args=[person.code]))
    return Waiting(
        joining.pk, person.home_area_id or 0, person.name, reason, joining.joined_at,
        url=reverse_lazy("members:member", args=[person.code]), moves=(letter, spoken) if may_write else (spoken,),
        leads=() if person.is_known else (word,),
    )  # fmt: skip


def _greeting(person: Identity, beat: Beat) -> str:
    """In the newcomer's language, to be changed at will."""
    language = person.language or get_language() or "de"
    village = beat.areas[person.home_area_id] if person.home_area_id else beat.municipality.area
    with override(language):
        said = _(
            "Dear %(name)s,\n\nwelcome to %(village)s! I am the Buurtverbinder here. If you have a question or are "
            "looking for somebody, just write to me.\n\nSee you soon!"
        )
        return said % {"name": person.name, "village": in_language(village.name, language)}


def do_newcomer(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    if verb == SPOKEN:
        return _("Lovely. That counts most.")
    person = Identity.objects.get(joining__pk=waiting.id)
    can_begin_with(beat.viewer, person).require()
    key = f"welcome:{person.pk}:{beat.viewer.identity_id}"
    write_letter(person, text=words, form_key=key, by=beat.viewer, now=beat.now)
    return _("Your letter to %(name)s is on its way.") % {"name": person.name}


def plug_members() -> None:
    duty = Duty(gettext_lazy("New neighbour"), "sprout", 6, find_newcomers, do_newcomer, rests=timedelta(days=366))
    duties.plug("newcomer", duty, rank=20)
