"""What of the call list lies on a connector's desk: each person to ring, once."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dorfplatz.intake.actions import note_all_told
from dorfplatz.intake.queries import Ringing, call_list
from dorfplatz.members.sockets import Beat, Duty, Lead, Move, Waiting, duties
from dorfplatz.places.entry_facts import call_address

TOLD = "told"


def find_calls(beat: Beat, most: int) -> Iterable[Waiting]:
    found = [one for one in call_list(beat.viewer, now=beat.now) if one.to_tell]
    return [_waiting(one) for one in found if one.mandate.person.home_area_id in beat.areas][:most]


def _waiting(one: Ringing) -> Waiting:
    person, count, first = one.mandate.person, len(one.to_tell), one.to_tell[0].call
    url = f"{reverse('intake:calls')}#person-{person.pk}"
    more = ngettext("And one thing more.", "And %(n)d things more.", count - 1) % {"n": count - 1}
    return Waiting(
        person.pk, person.home_area_id or 0, _("Ring %(name)s") % {"name": person.name},
        f"{first.text} {more}" if count > 1 else first.text, first.since, url=url,
        phone=one.mandate.phone, phone_url=call_address(one.mandate.phone),
        moves=(Move(TOLD, gettext_lazy("All told"), "check"),),
        leads=(Lead(gettext_lazy("Call list"), "phone-call", url),),
    )  # fmt: skip


def do_call(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del verb, words
    note_all_told(waiting.id, by=beat.viewer, now=beat.now)
    return _("Told. Thank you for ringing!")


def plug_duties() -> None:
    duty = Duty(gettext_lazy("To ring"), "phone-call", 7, find_calls, do_call, is_personal=True)
    duties.plug("call", duty, rank=15)
