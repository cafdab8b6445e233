"""Days and times of day, as people write them, in German and Dutch. Pure."""

from __future__ import annotations

from dorfplatz.search.words import fold, words

_DAYS = (
    "montag montags maandag maandags mo",
    "dienstag dienstags dinsdag dinsdags",
    "mittwoch mittwochs woensdag woensdags",
    "donnerstag donnerstags donderdag donderdags",
    "freitag freitags vrijdag vrijdags",
    "samstag samstags sonnabend sonnabends zaterdag zaterdags",
    "sonntag sonntags zondag zondags",
)
_TIMES = {
    "morning": "morgens vormittag vormittags frühmorgens ochtend ochtends voormiddag smorgens sochtends",
    "afternoon": "mittags nachmittag nachmittags middag middags smiddags namiddag",
    "evening": "abend abends feierabend avond avonds savonds",
}
DAY_OF = {fold(word): number for number, line in enumerate(_DAYS) for word in line.split()}
TIME_OF = {fold(word): time for time, line in _TIMES.items() for word in line.split()}
WEEKEND = frozenset({"wochenende", "wochenenden", "weekend", "weekends"})
ENDINGS = {
    "vormittag": "morning", "morgen": "morning", "ochtend": "morning", "nachmittag": "afternoon",
    "middag": "afternoon", "abend": "evening", "avond": "evening",
}  # fmt: skip


def days_in(text: str) -> frozenset[int]:
    """The weekdays a text names, Monday being 0; the weekend is Saturday and Sunday."""
    found: set[int] = set()
    for word in map(fold, words(text)):
        if word in WEEKEND:
            found |= {5, 6}
        found |= {day for name, day in DAY_OF.items() if word == name or (len(name) > 4 and word.startswith(name))}
    return frozenset(found)


def times_in(text: str) -> frozenset[str]:
    """The times of day a text names, also in “Dienstagabend”, “zaterdagochtend”."""
    found: set[str] = set()
    for word in map(fold, words(text)):
        if word in TIME_OF:
            found.add(TIME_OF[word])
        found |= {time for end, time in ENDINGS.items() if word.endswith(end) and word.removesuffix(end) in DAY_OF}
    return frozenset(found)
