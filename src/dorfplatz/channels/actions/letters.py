"""Writing the letters: begun once for each morning, batch by batch, each person exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import override

from dorfplatz.channels.actions.wishes import LETTER
from dorfplatz.channels.enums import Rhythm, Way
from dorfplatz.channels.issue import Asked, Taste
from dorfplatz.channels.models import Letter, LetterRun, Note
from dorfplatz.channels.policies import can_tell
from dorfplatz.channels.queries import Reader, issue_for, own_notes, readers, taste_of, told
from dorfplatz.channels.slots import Slot, slot_of, slots_due
from dorfplatz.channels.stopping import stop_headers, stop_url
from dorfplatz.channels.writing import Stencil, notes_in_words, stencil_of
from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.mail.actions import Posting, post_mails
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import Site, base_url, site_of

WRITE = "dorfplatz.channels.tasks.write_letters"
AT_A_TIME = 200
MOST_NOTES = 10
BEHIND_OTHERS = -10  # priority of what comes in thousands


@transaction.atomic
def begin_letters(*, by: Actor, now: datetime) -> int:
    """Begin the letters of every morning that has come; each is begun once. Returns how many were."""
    can_tell(by).require()
    begun = 0
    for municipality in Municipality.objects.filter(is_served=True).order_by("pk"):
        for slot in slots_due(now, municipality.timezone):
            run, is_new = LetterRun.objects.get_or_create(
                municipality=municipality, slot=slot.key, defaults={"begun_at": now}
            )
            if is_new:
                record_act("letters.begun", by=by, now=now, thing=f"letters:{run.pk}")
                enqueue(WRITE, key=f"letters:{run.pk}:0", priority=BEHIND_OTHERS, run_id=run.pk, after=0)
                begun += 1
    return begun


def write_letters(run_id: int, *, after: int, by: Actor, now: datetime) -> int:
    """Write to the next few people of a run, those with ids above `after`, and have the rest written after that.

    May be called again after a crash: who has the letter of that morning gets no other. Composed outside the
    transaction, so that nobody who writes on the square waits for it; stored in one. Returns how many there were.
    """
    can_tell(by).require()
    run = LetterRun.objects.select_related("municipality__area").filter(pk=run_id, ended_at=None).first()
    if run is None:
        return 0
    desk = _Desk(site_of(run.municipality), slot_of(run.slot), now)
    people = list(_people(desk.site, desk.slot).filter(pk__gt=after)[:AT_A_TIME])
    mine = [r for r in readers(people) if r.municipality and r.municipality.pk == run.municipality_id]
    return _store(run, [desk.letter_to(reader) for reader in mine], people[-1].pk if people else None, by=by, now=now)


def _people(site: Site, slot: Slot) -> QuerySet[Identity]:
    """Who lives here or next door, can be written to, and wants a letter on such a morning."""
    wanted = Q(preferences__rhythm=slot.rhythm)
    if slot.rhythm == Rhythm.WEEKLY:
        wanted |= Q(preferences__isnull=True)
    here = [area.pk for area in (*site.villages, *site.outside)]
    some = Identity.objects.filter(wanted, home_area_id__in=here, is_blocked=False, login__is_active=True)
    return some.select_related("login", "home_area__parent__municipality").order_by("pk")


@dataclass(frozen=True)
class _Written:
    """A letter to one person; without a posting there was nothing to say."""

    identity_id: int
    posting: Posting | None
    note_ids: Sequence[int]


class _Desk:
    """Where the letters of one batch are written: what is equal once."""

    def __init__(self, site: Site, slot: Slot, now: datetime) -> None:
        self.site, self.slot, self.now = site, slot, now
        self.origin = base_url(site.municipality)
        self.stencils: dict[Taste, Stencil | None] = {}

    def letter_to(self, reader: Reader) -> _Written:
        person, language = reader.identity, reader.identity.language
        notes = own_notes(reader.actor, now=self.now).filter(way=Way.LETTER, read_at=None, carried_at=None)
        some = list(notes[:MOST_NOTES])
        stencil = self._stencil(taste_of(reader, self.site))
        if stencil is None:
            return _Written(person.pk, None, ())
        with override(language):
            said = notes_in_words(told(some, reader.actor, language), self.origin, language)
            stop = stop_url(person.pk, LETTER, self.origin)
        posting = Posting(
            key=f"letter:{self.slot.key}:{person.pk}",
            to=reader.email,
            words=stencil.filled(name=person.name, stop=stop, notes=said),
            language=language,
            headers=stop_headers(person.pk, LETTER, self.origin, language),
        )
        return _Written(person.pk, posting, [note.pk for note in some])

    def _stencil(self, taste: Taste) -> Stencil | None:
        """The letter for that taste with gaps; None where there is nothing to say."""
        if taste not in self.stencils:
            issue = issue_for(Asked(self.site, taste, self.slot.days, self.origin, self.now), viewer=taste.sees)
            made = None if issue.is_empty else stencil_of(issue, self.slot, taste.language, self.origin)
            self.stencils[taste] = made
        return self.stencils[taste]


@transaction.atomic
def _store(run: LetterRun, written: Sequence[_Written], last: int | None, *, by: Actor, now: datetime) -> int:
    """Note who has the letter, post the mails, and put off the next batch: all of it or nothing."""
    ids = [letter.identity_id for letter in written]
    have = set(Letter.objects.filter(slot=run.slot, identity_id__in=ids).values_list("identity_id", flat=True))
    fresh = [letter for letter in written if letter.identity_id not in have]
    Letter.objects.bulk_create(
        Letter(identity_id=letter.identity_id, slot=run.slot, is_sent=letter.posting is not None, made_at=now)
        for letter in fresh
    )
    post_mails([letter.posting for letter in fresh if letter.posting], priority=BEHIND_OTHERS, by=by, now=now)
    Note.objects.filter(pk__in=[pk for letter in fresh for pk in letter.note_ids]).update(carried_at=now)
    if last is None:
        LetterRun.objects.filter(pk=run.pk).update(ended_at=now)
    else:
        enqueue(WRITE, key=f"letters:{run.pk}:{last}", priority=BEHIND_OTHERS, run_id=run.pk, after=last)
    return len(fresh)
