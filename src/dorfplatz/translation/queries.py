"""Reads of stored translations. They follow the things they belong to: whose query has asked for the viewer."""

from __future__ import annotations

from collections.abc import Collection

from dorfplatz.translation.models import Sentence, Text, Use
from dorfplatz.translation.pipeline import Wish, fingerprint_of, hash_of, sentence_keys


def known_sentences(wish: Wish, model: str) -> dict[tuple[str, str], str]:
    """Those sentences of a text that this model has translated before, by hash and fingerprint. One query."""
    keys = sentence_keys(wish)
    rows = Sentence.objects.filter(
        source=wish.source, target=wish.target, model=model, source_hash__in=list({text for text, _ in keys})
    )
    found = {(row.source_hash, row.fingerprint): row.words for row in rows}
    return {key: words for key, words in found.items() if key in keys}


def known_text(wish: Wish, model: str) -> Text | None:
    """The text as this model has translated it before; None when it has not, or with other words of the glossary."""
    return Text.objects.filter(
        source_hash=hash_of(wish.text),
        source=wish.source,
        target=wish.target,
        fingerprint=fingerprint_of(wish),
        model=model,
    ).first()


def texts_used_by(owner: str, things: Collection[str], target: str) -> dict[str, Text]:
    """What is stored for things of an app in a language. One query."""
    uses = Use.objects.filter(owner=owner, thing__in=list(things), target=target).select_related("text")
    return {use.thing: use.text for use in uses}
