"""What of matching lies on a connector's desk: what might fit, whose yes is waited for, and how it went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import titles_in
from dorfplatz.kernel.verdict import Problem
from dorfplatz.matching.actions import answer_question, pass_suggestion, propose_introduction, say_outcome
from dorfplatz.matching.adapters.gifts import shown_name
from dorfplatz.matching.enums import INTRODUCE, Said
from dorfplatz.matching.queries import Running, Stood, introduction_by_id, running_in, standing_by_id, standing_for
from dorfplatz.matching.words import reasons_in_words
from dorfplatz.members.sockets import Beat, Duty, Lead, Move, Waiting, duties
from dorfplatz.villages.queries import site_of

YES, NO, WORKED, DID_NOT = "yes", "no", "worked", "did-not"
INTRODUCE_THEM, PASS = "introduce", "pass"
FEW = 3  # suggestions on a desk, and in a week
PATIENCE = timedelta(days=5)  # then it is time to ring, also where a mail was sent


def _page() -> Lead:
    return Lead(gettext_lazy("All introductions"), "handshake", reverse_lazy("matching:introductions"))


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


def find_suggestions(beat: Beat, most: int) -> list[Waiting]:
    """The best few of what was counted last. Three queries."""
    areas, closed = beat.areas_with(INTRODUCE), beat.municipality.rooms_off
    found = standing_for(areas, beat.viewer, closed_rooms=closed, now=beat.now, most=min(most, FEW))
    entries = [entry.pk for one in found for entry in (one.standing.needs, one.standing.has) if entry]
    titles = titles_in(get_language() or "de", of=entries)
    return [_suggested(one, titles) for one in found]


def _suggested(one: Stood, titles: Mapping[int, str]) -> Waiting:
    row, moves = one.standing, (Move(INTRODUCE_THEM, _("Ask both"), "link"), Move(PASS, _("Does not fit"), "x"))
    has = _title(row.has, titles) if row.has else shown_name(row.gift) if row.gift else ""
    title = f"{_title(row.needs, titles)} – {has}"
    reason = " · ".join((" & ".join(one.names), *reasons_in_words(one.reasons)))
    return Waiting(row.pk, row.area.pk, title, reason, row.since, moves=moves, leads=(_page(),))


def _title(entry: Entry, titles: Mapping[int, str]) -> str:
    return entry.title if entry.language == get_language() else titles.get(entry.pk) or entry.title


def do_suggestion(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del words
    row, site = standing_by_id(waiting.id, beat.viewer), site_of(beat.municipality)
    if row is None:
        raise Problem(_("This cannot be done here."))
    if verb == PASS:
        pass_suggestion(row.pair, site=site, by=beat.viewer, now=beat.now)
        return _("Good. These two are not suggested any more.")
    propose_introduction(row.pair, site=site, by=beat.viewer, now=beat.now)
    return _("Both are asked. Who has no internet is on your desk, to be rung.")


def plug_duties() -> None:
    running = Duty(gettext_lazy("Introduction"), "handshake", 6, find_introductions, do_introduction)
    duties.plug("introduction", running, rank=25)
    might = Duty(gettext_lazy("Might fit"), "link", 1, find_suggestions, do_suggestion, share=FEW)
    duties.plug("suggestion", might, rank=26)
