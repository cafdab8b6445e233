"""Reads of what municipalities have decided about languages. All of it is public."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dorfplatz.languages.alike import terms_of
from dorfplatz.languages.models import LocalWord, OutsideTranslation
from dorfplatz.translation.glossary import Term
from dorfplatz.villages.models import Municipality


def local_words(municipality: Municipality) -> list[LocalWord]:
    return list(municipality.local_words.all())


def words_by_path() -> list[tuple[str, LocalWord]]:
    """The words of all municipalities, each with its municipality's path. One query."""
    found = LocalWord.objects.select_related("municipality__area").order_by("pk")
    return [(str(word.municipality.area.path), word) for word in found]


def terms_for(paths: Collection[str], source: str, target: str) -> list[Term]:
    """The words of the municipalities in which a text is set out, for translating it."""
    return terms_of(words_around(paths, words_by_path()), source, target)


def words_around(paths: Collection[str], words: Iterable[tuple[str, LocalWord]]) -> list[LocalWord]:
    """Those of the words that hold in one of these areas."""
    return [word for root, word in words if any(path.startswith(root) for path in paths)]


def may_leave(municipality_ids: Collection[int]) -> bool:
    """Whether every one of these municipalities lets its public texts be translated outside; there must be one."""
    yes = OutsideTranslation.objects.filter(municipality_id__in=list(municipality_ids), is_allowed=True).count()
    return bool(municipality_ids) and yes == len(set(municipality_ids))


def is_outside_allowed(municipality: Municipality) -> bool:
    return may_leave([municipality.pk])
