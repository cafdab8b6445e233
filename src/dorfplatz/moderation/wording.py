"""Words and web addresses that make an entry wait for a look. They never decide anything themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).parent / "wording_data" / "rules.txt"
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_GAPS = re.compile(r"\s+")
_HOST = re.compile(r"(?:https?://|www\.|(?<![\w@.-]))((?:[\w-]+\.)+[a-z]{2,24})(?=[/:?#\s)\],.;!]|$)")
# Letters that look like others, and digits that stand for letters within a word.
_ALIKE = str.maketrans({"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "і": "i", "ı": "i", "ß": "ss"})


@dataclass(frozen=True)
class Rule:
    """One line: a word or phrase, with * for any ending, or a web address with everything below it."""

    line: str
    is_host: bool

    def fits(self, plain: str, hosts: Iterable[str]) -> bool:
        if self.is_host:
            name = self.line.removeprefix("*").lstrip(".")
            return any(host == name or host.endswith(f".{name}") for host in hosts)
        return bool(_pattern(self.line).search(plain))


def shipped_words() -> str:
    """The list that comes with the release, as a municipality finds it in its settings."""
    return "".join(line for line in SHIPPED.read_text().splitlines(keepends=True) if not line.startswith("#"))


def plain_text(text: str) -> str:
    """As compared: no difference between capitals, widths, look-alikes, accents, and no unseen signs."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    parts = unicodedata.normalize("NFKD", _UNSEEN.sub("", folded))
    return _GAPS.sub(" ", "".join(letter for letter in parts if not unicodedata.combining(letter)))


def first_match(text: str, words: str) -> str:
    """The first line of the list that the text meets; "" where it meets none."""
    plain = plain_text(text)
    hosts = set(_HOST.findall(plain))
    return next((rule.line for rule in rules_of(words) if rule.fits(plain, hosts)), "")


@lru_cache(maxsize=200)
def rules_of(words: str) -> tuple[Rule, ...]:
    """The rules of a list: one a line, empty lines and those after # left out."""
    lines = (plain_text(line.partition("#")[0]).strip() for line in words.splitlines())
    return tuple(Rule(line, _is_host(line)) for line in lines if line.strip("*"))


def _is_host(line: str) -> bool:
    return "." in line and " " not in line and bool(re.fullmatch(r"(\*?\.)?[\w.-]+", line))


@lru_cache(maxsize=4000)
def _pattern(line: str) -> re.Pattern[str]:
    said = r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in line.split())
    return re.compile(rf"(?<!\w){said}(?!\w)")
