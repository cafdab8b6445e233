"""The list of what neighbours can: skills by part and theme, in three languages. Pure; read once."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("de", "nl", "en")
LONGEST = 80


@dataclass(frozen=True)
class Skill:
    """One thing of the list. Of each language the first word is its name. `is_common` is offered at first sight."""

    code: str
    part: str
    theme: str
    words: Mapping[str, tuple[str, ...]]
    is_common: bool = False

    def name_in(self, language: str) -> str:
        """In the language, else in English, as all texts of ours."""
        return (self.words.get(language) or self.words["en"])[0]


def folded(text: str) -> str:
    """As it is compared: without accents, umlauts written out or not, ß and ij in one way, signs as spaces."""
    spelled = text.casefold().replace("ß", "ss")
    for written, short in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ij", "y")):
        spelled = spelled.replace(written, short)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", plain))


def _read() -> tuple[dict[str, Skill], dict[str, Mapping[str, str]]]:
    told = tomllib.loads((Path(__file__).parent / "skills.toml").read_text(encoding="utf-8"))
    themes = told.pop("themes")
    found: dict[str, Skill] = {}
    for part, groups in told.items():
        for theme, skills in groups.items():
            for code, said in skills.items():
                if code in found or theme not in themes:
                    raise ValueError(f"skills.toml: “{code}” stands there twice, or in no theme")
                words = {language: tuple(said[language]) for language in LANGUAGES}
                found[code] = Skill(code, part, theme, words, said.get("often", False))
    return found, themes


SKILLS, THEMES = _read()


@cache
def _index() -> tuple[tuple[str, str, str], ...]:
    """Folded words, their language and the skill's code; names before synonyms."""
    rows = [
        (place, folded(word), language, skill.code)
        for skill in SKILLS.values()
        for language, words in skill.words.items()
        for place, word in enumerate(words)
    ]
    return tuple((word, language, code) for _place, word, language, code in sorted(rows, key=lambda row: row[0] > 0))


def find_skills(words: str, language: str = "") -> list[Skill]:
    """Skills of which a word begins so, in that language or in any: whole words first, then beginnings.

    Of several words each must begin one of the same name or synonym. Nothing for nothing.
    """
    asked = folded(words[:LONGEST]).split()
    if not asked:
        return []
    found: dict[str, int] = {}
    for said, spoken, code in _index():
        if language and spoken != language:
            continue
        rank = _rank(asked, said)
        if rank is not None and rank < found.get(code, 9):
            found[code] = rank
    return [SKILLS[code] for code in sorted(found, key=lambda code: found[code])]


def _rank(asked: list[str], said: str) -> int | None:
    """0 for the very words, 1 for whole ones among others, 2 for beginnings; None where one of them is missing."""
    there = said.split()
    if asked == there:
        return 0
    if all(word in there for word in asked):
        return 1
    return 2 if all(any(word.startswith(part) for word in there) for part in asked) else None


def skill_called(words: str) -> Skill | None:
    """The skill that has exactly this name or synonym in any language; None where several have it, or none."""
    asked = folded(words)
    codes = {code for said, _language, code in _index() if said == asked}
    return SKILLS[codes.pop()] if len(codes) == 1 else None


def skills_of(part: str, *, common: bool) -> list[Skill]:
    """The skills of a part that are offered at first sight, or the others."""
    return [skill for skill in SKILLS.values() if skill.part == part and skill.is_common == common]


def words_of(part: str, language: str) -> list[str]:
    """All names and synonyms of a part in that language, for suggestions while somebody types."""
    said = (skill.words.get(language) or skill.words["en"] for skill in SKILLS.values() if skill.part == part)
    return sorted({word for words in said for word in words}, key=str.casefold)


def by_theme(part: str) -> Iterator[tuple[Mapping[str, str], list[Skill]]]:
    """Of a part what is not offered at first sight, theme by theme, with the theme's names."""
    rest = skills_of(part, common=False)
    for theme, names in THEMES.items():
        inside = [skill for skill in rest if skill.theme == theme]
        if inside:
            yield names, inside
