"""What is asked of an engine for an entry's words, and whether it may be asked at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.entries.sockets import names
from dorfplatz.languages.queries import may_leave, terms_for
from dorfplatz.translation.addressing import address_of
from dorfplatz.translation.engines.choosing import the_engine
from dorfplatz.translation.engines.protocol import Engine
from dorfplatz.translation.pipeline import Wish
from dorfplatz.villages.models import Municipality


def wishes_for(entry: Entry, texts: Mapping[str, str], source: str, target: str) -> dict[str, Wish]:
    """For texts of an entry, or below it: names of its villages and people stay, words of the place are known."""
    paths = _paths_of(entry)
    kept_names, terms = list(_names_of(entry)), terms_for(paths, source, target)
    # One form of address for all of it, the author's; it is part of what is stored only where the engine heeds it.
    address = address_of("\n".join(texts.values()), source) if the_engine().keeps_address else ""
    return {key: Wish(text, source, target, kept_names, terms, address) for key, text in texts.items()}


def engine_for(entry: Entry) -> Engine | None:
    """Who may translate this entry now; None where nobody can, or may.

    A service outside gets only what is public, and only where each municipality in which it stands has said yes.
    """
    engine = the_engine()
    if not engine.standing().is_ready:
        return None
    if engine.leaves_the_house and not (entry.audience == Audience.PUBLIC and may_leave(_municipality_ids(entry))):
        return None
    return engine


def can_be_asked(entry: Entry, language: str) -> bool:
    """Whether the entry can be had in this language by machine."""
    engine = engine_for(entry)
    return engine is not None and engine.route(entry.language, language) is not None


def _paths_of(entry: Entry) -> list[str]:
    return [str(path) for path in EntryArea.objects.filter(entry=entry).values_list("area__path", flat=True)]


def _municipality_ids(entry: Entry) -> set[int]:
    paths = _paths_of(entry)
    served = Municipality.objects.filter(is_served=True).values_list("pk", "area__path")
    return {pk for pk, root in served if any(path.startswith(str(root)) for path in paths)}


def _names_of(entry: Entry) -> Iterable[str]:
    for some in names:
        yield from some(entry)
