"""Entries in other languages: by people, who improve them, and by machine, which follows what is awaited."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.facts import EntryTranslated
from dorfplatz.entries.models import AwaitedText, Entry, EntryArea, EntryQuerySet, EntryText, EntryTextVersion
from dorfplatz.entries.originals import hash_of_original
from dorfplatz.entries.policies import can_improve_text
from dorfplatz.entries.queries import entries_saying
from dorfplatz.entries.sockets import companions
from dorfplatz.entries.wishing import can_be_asked, engine_for, wishes_for
from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.languages.queries import may_leave
from dorfplatz.translation.actions import let_go, make_text, use_texts
from dorfplatz.translation.engines.choosing import the_engine
from dorfplatz.translation.engines.protocol import Engine, EngineAway, PairUnknown
from dorfplatz.translation.models import Text
from dorfplatz.villages.models import Municipality

OWNER = "entries"
TASK = "dorfplatz.entries.tasks.translate_awaited"
ASKED_TASK = "dorfplatz.entries.tasks.translate_asked"
WORDS_TASK = "dorfplatz.entries.tasks.await_words"
BATCH = 500
LONGEST_TITLE, LONGEST_BODY = 200, 50_000
BEHIND_ALL, BEFORE_ALL = -10, 5
# For so long a lane of the worker is kept busy; then others have their turn.
TURN_S = 15.0


@transaction.atomic
def improve_text(entry: Entry, language: str, *, title: str, body: str, by: Actor, now: datetime) -> EntryText:
    """A person's version of an entry in another language; it wins over the machine's until the original changes.

    What the version said before is kept in its history. The same words again confirm it for the present original.
    """
    can_improve_text(by, entry, now=now).require()
    if language == entry.language:
        raise Problem(_("This is the language in which it was written."))
    present = EntryText.objects.select_for_update().filter(entry=entry, language=language, made_with="").first()
    if present and (present.title, present.body) != (title, body):
        EntryTextVersion.objects.create(
            entry=entry,
            language=language,
            title=present.title,
            body=present.body,
            written_by=present.written_by,
            written_at=present.written_at,
            replaced_at=now,
        )
    said = {
        "title": title,
        "body": body,
        "source_hash": hash_of_original(entry.title, entry.body),
        "written_by_id": by.identity_id,
        "written_at": now,
    }
    text, _new = EntryText.objects.update_or_create(entry=entry, language=language, made_with="", defaults=said)
    record_act("improve_text", by=by, now=now, thing=f"entry:{entry.pk}", details={"language": language})
    announce(EntryTranslated(entry.pk, language))
    return text


def await_texts(entry_ids: Collection[int], *, also_in_its_own: bool = False) -> None:
    """Have published entries translated in the background into the languages of their municipalities.

    What the machine said of words that are no longer there goes at once. `also_in_its_own`: something in another
    language hangs on it, which is to be read in the entry's.
    """
    _forget_outdated(entry_ids)
    if not the_engine().standing().is_ready:
        return
    found = Entry.objects.filter(pk__in=list(entry_ids), state=State.PUBLISHED)
    targets = _languages_by_entry(found.values_list("pk", flat=True))
    rows = [
        AwaitedText(entry_id=pk, language=code)
        for pk, language in found.values_list("pk", "language")
        for code in targets.get(pk, ())
        if code != language or also_in_its_own
    ]
    AwaitedText.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if rows:
        enqueue(TASK, key="entries.translate.0", priority=BEHIND_ALL, turn=0)


def _forget_outdated(entry_ids: Collection[int]) -> None:
    made = EntryText.objects.filter(entry_id__in=list(entry_ids)).exclude(made_with="").select_related("entry")
    gone = [one for one in made if one.source_hash != hash_of_original(one.entry.title, one.entry.body)]
    EntryText.objects.filter(pk__in=[one.pk for one in gone]).delete()
    if gone and not the_engine().standing().is_ready:  # else its sentences are needed for what comes instead
        let_texts_go({one.entry_id for one in gone})


def await_missing() -> int:
    """Have translated what never was, or was by another model than now; returns how many were added."""
    engine = the_engine()
    if not engine.standing().is_ready:
        return 0
    found: set[int] = set()
    for municipality in Municipality.objects.filter(is_served=True).select_related("area"):
        around = _to_be_translated(municipality, engine)
        for code in municipality.languages:
            models = [route.model[:60] for source in municipality.languages if (route := engine.route(source, code))]
            done = EntryText.objects.filter(entry=OuterRef("pk"), language=code, made_with__in=models)
            lacking = around.exclude(language=code).filter(~Exists(done), language__in=municipality.languages)
            found |= set(lacking.order_by("-pk").values_list("pk", flat=True)[:BATCH]) if models else set()
    await_texts(found, also_in_its_own=True)
    return len(found)


def _to_be_translated(municipality: Municipality, engine: Engine) -> EntryQuerySet:
    around = Entry.objects.filter(placements__area__path__startswith=municipality.path, state=State.PUBLISHED)
    if not engine.leaves_the_house:
        return around
    return around.filter(audience=Audience.PUBLIC) if may_leave([municipality.pk]) else around.none()


def await_entries_saying(words: Collection[str], municipality: Municipality) -> int:
    """Words of the place have changed: what says one of them is translated anew; returns how many."""
    ids = entries_saying(words, municipality)
    await_texts(ids)
    return len(ids)


@transaction.atomic
def ask_for_text(entry: Entry, language: str, *, by: Actor, now: datetime) -> None:
    """A reader wants to read it now: it comes before all others. Asking twice changes nothing."""
    if not can_be_asked(entry, language):
        raise Problem(_("There is no translation between these two languages here."))
    is_known = AwaitedText.objects.filter(entry=entry, language=language, is_asked=True).exists()
    enqueue(ASKED_TASK, key="entries.translate.asked", priority=BEFORE_ALL)
    if is_known:
        return
    AwaitedText.objects.update_or_create(entry=entry, language=language, defaults={"is_asked": True})
    # Not of the entry: no page says anything else for it, and none is to be made anew.
    record_act("text.asked_for", by=by, now=now, thing=f"awaited:{entry.pk}", details={"language": language})


def translate_awaited(*, is_asked: bool, by: Actor, now: datetime) -> bool:
    """Translate what is awaited, or what readers asked for, for a while; whether more is waiting.

    What a reader waits for shows at once, the rest together at the end of the turn: each time that something shows,
    pages are made anew. Raises EngineAway when the engine cannot be asked now: what is awaited stays so.
    """
    until, done = time.monotonic() + TURN_S, list[_Done]()
    try:
        while time.monotonic() < until:
            waiting = AwaitedText.objects.filter(is_asked=is_asked).exclude(pk__in=[one.awaited.pk for one in done])
            awaited = waiting.select_related("entry").first()
            if awaited is None:
                return False
            try:
                done.append(_translated(awaited, now=now))
            except EngineAway:
                AwaitedText.objects.filter(pk=awaited.pk).update(tries=F("tries") + 1)
                raise
            if is_asked:
                _keep(done, by=by, now=now)
    finally:
        _keep(done, by=by, now=now)
    return True


@dataclass(frozen=True, slots=True)
class _Done:
    """What the engine said for an entry; `with_others`: also for what hangs on it."""

    awaited: AwaitedText
    texts: Mapping[str, Text]
    with_others: bool


def _translated(awaited: AwaitedText, *, now: datetime) -> _Done:
    """Outside any transaction: title, body and what hangs on the entry, by the engine."""
    entry, language, texts = awaited.entry, awaited.language, dict[str, Text]()
    if entry.state != State.PUBLISHED or engine_for(entry) is None:
        return _Done(awaited, texts, with_others=False)
    with suppress(PairUnknown):  # the engine has no such pair any more
        if entry.language != language:
            said = {"title": entry.title, "body": entry.body}
            wishes = wishes_for(entry, {field: text for field, text in said.items() if text}, entry.language, language)
            texts = {field: make_text(wish, now=now) for field, wish in wishes.items()} if "title" in wishes else {}
        others = [companion(entry, language, now) for companion in companions]
        return _Done(awaited, texts, with_others=any(others))
    return _Done(awaited, {}, with_others=False)


@transaction.atomic
def _keep(done: list[_Done], *, by: Actor, now: datetime) -> None:
    """All of them at once, which empties the list. What says something else by now goes on being awaited."""
    ended = []
    for one in done:
        entry, language = one.awaited.entry, one.awaited.language
        if one.texts and not keep_machine_text(entry, language, texts=one.texts, by=by, now=now):
            continue
        if one.with_others:
            record_act("entry.translated", by=by, now=now, thing=f"entry:{entry.pk}", details={"language": language})
        ended.append(one.awaited.pk)
    AwaitedText.objects.filter(pk__in=ended).delete()
    done.clear()


@transaction.atomic
def keep_machine_text(entry: Entry, language: str, *, texts: Mapping[str, Text], by: Actor, now: datetime) -> bool:
    """Copy stored texts onto the entry, where its cards find them; False where it is gone or has changed meanwhile."""
    present = Entry.objects.select_for_update().filter(pk=entry.pk, title=entry.title, body=entry.body).first()
    if present is None:
        return False
    said = {
        "title": texts["title"].words[:LONGEST_TITLE],
        "body": texts["body"].words[:LONGEST_BODY] if "body" in texts else "",
        "source_hash": hash_of_original(entry.title, entry.body),
        "made_with": texts["title"].model,
    }
    made = EntryText.objects.filter(entry=present, language=language).exclude(made_with="")
    if not made.update(**said):
        EntryText.objects.create(entry=present, language=language, **said)
    use_texts(OWNER, texts={f"{entry.pk}:{field}": text for field, text in texts.items()})
    record_act("entry.translated", by=by, now=now, thing=f"entry:{entry.pk}", details={"language": language})
    announce(EntryTranslated(entry.pk, language))
    return True


def let_texts_go(entry_ids: Collection[int]) -> None:
    """The entries are about to be gone: what was stored for them alone goes with them."""
    let_go(OWNER, things=[f"{pk}:{field}" for pk in entry_ids for field in ("title", "body")])


def _languages_by_entry(ids: Iterable[int]) -> dict[int, list[str]]:
    """The languages of the municipalities in which each entry is set out."""
    served = Municipality.objects.filter(is_served=True)
    spoken = {str(path): codes for path, codes in served.values_list("area__path", "languages")}
    found: dict[int, list[str]] = {}
    for pk, path in EntryArea.objects.filter(entry_id__in=list(ids)).values_list("entry_id", "area__path"):
        for root, codes in spoken.items():
            if str(path).startswith(root):
                found.setdefault(pk, []).extend(code for code in codes if code not in found.get(pk, ()))
    return found
