"""Which codes are a batch's: asked by who has just made them."""

from __future__ import annotations

from collections.abc import Sequence

from dorfplatz.members.card_code import hash_of, read_code, shown
from dorfplatz.members.models import CardBatch

MOST = 200


def codes_of_batch(batch: CardBatch, typed: Sequence[str]) -> list[str]:
    """Those of the codes that are the batch's, as they stand on the card; none of a batch that works no longer."""
    if batch.withdrawn_at is not None or len(typed) > MOST:
        return []
    read = [code for code in map(read_code, typed) if code]
    known = set(batch.cards.filter(code_hash__in=[hash_of(code) for code in read]).values_list("code_hash", flat=True))
    return [shown(code) for code in dict.fromkeys(read) if hash_of(code) in known]
