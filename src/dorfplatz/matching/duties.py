"""What of matching lies on a connector's desk: whose yes is waited for, and how it went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.kernel.verdict import Problem
from dorfplatz.matching.actions import answer_question, say_outcome
from dorfplatz.matching.enums import INTRODUCE, Said
from dorfplatz.matching.queries import Running, introduction_by_id, running_in
from dorfplatz.members.sockets import Beat, Duty, Lead, Move, Waiting, duties
from dorfplatz.villages.queries import site_of

YES, NO, WORKED, DID_NOT = "yes", "no", "worked", "did-not"
PATIENCE = timedelta(days=5)  # then it is time to ring, also where a mail was sent


def _page() -> Lead:
    return Lead(gettext_lazy("All introductions"), "handshake", reverse("matching:introductions"))


def find_introductions(beat: Beat, most: int) -> Iterable[Waiting]:
    """People to ring, and two who were introduced a week ago."""
    found = running_in(beat.areas_with(INTRODUCE), beat.viewer, now=beat.now, names_only=True)
    return [waiting for one in found for waiting in _waiting(one, beat)][:most]


def _waiting(one: Running, beat: Beat) -> Iterable[Waiting]:
    introduction = one.introduction
    if one.asks_how_it_went:
        outcomes = (
            Move(WORKED, gettext_lazy("It has worked out"), "check"),
            Move(DID_NOT, gettext_lazy("It has not"), "x"),
        )
        since = introduction.introduced_at or beat.now
        reason = _("They were introduced a week ago. How did it go?")
        yield Waiting(introduction.pk, introduction.area_id, one.names, reason, since, moves=outcomes, leads=(_page(),))
        return
    is_late = beat.now >= introduction.proposed_at + PATIENCE
    to_ring = [party for party in one.waits_for if party.is_offline or is_late]
    if not to_ring:
        return
    moves = tuple(
        move
        for party in to_ring
        for move in (
            Move(f"{YES}-{party.person.pk}", _("%(name)s says yes") % {"name": party.name}, "check"),
            Move(f"{NO}-{party.person.pk}", _("%(name)s says no") % {"name": party.name}, "x"),
        )
    )
    reason = _("Please ring and ask: %(names)s.") % {"names": ", ".join(party.name for party in to_ring)}
    yield Waiting(
        introduction.pk, introduction.area_id, one.names, reason, introduction.proposed_at, moves=moves,
        leads=(_page(),),
    )  # fmt: skip


def do_introduction(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del words
    introduction = introduction_by_id(waiting.id, site_of(beat.municipality), beat.viewer)
    if introduction is None:
        raise Problem(_("This cannot be done here."))
    if verb in (WORKED, DID_NOT):
        say_outcome(introduction, worked=verb == WORKED, by=beat.viewer, now=beat.now)
        return _("Noted. Thank you for having brought them together!")
    says, _dash, pk = verb.partition("-")
    person = next(one for one in introduction.people.all() if str(one.pk) == pk)
    answer_question(person, says=Said(says), by=beat.viewer, now=beat.now)
    return _("Noted.")


def plug_duties() -> None:
    running = Duty(gettext_lazy("Introduction"), "handshake", 6, find_introductions, do_introduction)
    duties.plug("introduction", running, rank=25)
