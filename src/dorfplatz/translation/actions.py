"""What is done with translations: made, kept, and let go with whatever they belonged to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from dorfplatz.translation.engines.choosing import the_engine
from dorfplatz.translation.engines.protocol import PairUnknown, Route
from dorfplatz.translation.enums import TextState
from dorfplatz.translation.models import Sentence, Text, Use
from dorfplatz.translation.pipeline import Translated, Wish, hash_of, translate
from dorfplatz.translation.queries import known_sentences, known_text

BATCH = 500


def make_text(wish: Wish, *, now: datetime) -> Text:
    """The text in the other language, stored: the one that is there, or made now. For jobs: it takes its time.

    Asks the engine outside any transaction, and only for sentences it has not translated before. The text stays only
    when `use_texts` says right away what for. Raises EngineAway, PairUnknown.
    """
    engine = the_engine()
    route = engine.route(wish.source, wish.target)
    if route is None:
        raise PairUnknown(f"{wish.source}-{wish.target}")
    known = known_text(wish, route.model)
    if known is not None:
        return known
    made = translate(
        wish,
        lambda texts: engine.translate(texts, wish.source, wish.target, address=wish.address),
        known_sentences(wish, route.model),
    )
    return _kept(wish, made, engine.name, route, now)


@transaction.atomic
def _kept(wish: Wish, made: Translated, engine: str, route: Route, now: datetime) -> Text:
    how: dict[str, Any] = {"engine": engine, "model": route.model[:60], "path": route.path, "made_at": now}
    languages: dict[str, Any] = {"source": wish.source, "target": wish.target}
    rows = [
        Sentence(
            source_hash=one.source_hash,
            fingerprint=one.fingerprint,
            words=one.words,
            state=TextState.KEPT if one.is_kept else TextState.DONE,
            **languages,
            **how,
        )
        for one in {(one.source_hash, one.fingerprint): one for one in made.new}.values()
    ]
    Sentence.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["source_hash", "source", "target", "fingerprint"],
        update_fields=["words", "state", *how],
    )
    text, _ = Text.objects.update_or_create(
        source_hash=hash_of(wish.text),
        fingerprint=made.fingerprint,
        **languages,
        defaults={"words": made.words, "state": _state_of(made), **how},
    )
    of_it = Sentence.objects.filter(source_hash__in=list(made.sentences), **languages)
    prints = {one.fingerprint for one in made.sentences.values()}
    text.sentences.set([row for row in of_it if row.fingerprint in prints])
    return text


def _state_of(made: Translated) -> TextState:
    if not made.is_translated:
        return TextState.KEPT
    return TextState.PARTLY if any(one.is_kept for one in made.sentences.values()) else TextState.DONE


@transaction.atomic
def use_texts(owner: str, *, texts: Mapping[str, Text]) -> None:
    """From now on these things need these texts; what they needed before in that language goes, unless others do."""
    before: set[int] = set()
    for thing, text in texts.items():
        use = Use.objects.filter(owner=owner, thing=thing, target=text.target).first()
        if use and use.text_id != text.pk:
            before.add(use.text_id)
        Use.objects.update_or_create(owner=owner, thing=thing, target=text.target, defaults={"text": text})
    _forget(before)


@transaction.atomic
def let_go(owner: str, *, things: Collection[str]) -> None:
    """These things are gone: what was stored for them alone is erased, in every language."""
    found: set[int] = set()
    some = [*things]
    for start in range(0, len(some), BATCH):
        uses = Use.objects.filter(owner=owner, thing__in=some[start : start + BATCH])
        found |= set(uses.values_list("text_id", flat=True))
        uses.delete()
    _forget(found)


@transaction.atomic
def sweep_translations() -> int:
    """Erase what nothing uses any more, left behind where a job was cut off; returns how many texts."""
    unused = set(Text.objects.filter(uses__isnull=True).values_list("pk", flat=True)[:BATCH])
    _forget(unused)
    Sentence.objects.filter(pk__in=Sentence.objects.filter(texts__isnull=True).values("pk")[:BATCH]).delete()
    return len(unused)


def _forget(text_ids: Collection[int]) -> None:
    """Erase those of the texts that nothing uses, and the sentences that were theirs alone."""
    some = [*text_ids]
    for start in range(0, len(some), BATCH):
        unused = Text.objects.filter(pk__in=some[start : start + BATCH], uses__isnull=True)
        ids = set(unused.values_list("pk", flat=True))
        sentences = set(Sentence.objects.filter(texts__in=ids).values_list("pk", flat=True))
        Text.objects.filter(pk__in=ids).delete()
        for at in range(0, len(sentences), BATCH):
            part = [*sentences][at : at + BATCH]
            Sentence.objects.filter(pk__in=part, texts__isnull=True).delete()
