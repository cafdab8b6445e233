"""Lines cut into sentences, as German, Dutch and English are written on a notice board. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 400  # characters; an engine cuts what is much longer without a word

# A full stop after one of these ends no sentence.
_SHORT = """
    z b d h u a i o s v bzw ca evtl ggf inkl exkl max min nr tel str hr fr frl dr prof dipl ing st abt bd bspw co evang
    ev kath geb gest jh jhd kl lt mind mwst s sog stv u usw vgl zt zzgl abs art allg mo di mi do sa so jan feb mrz apr
    jun jul aug sep sept okt nov dez uhr rd zb
    dhr mevr mw drs mr ir ing o bijv bv m n a t w d z enz etc evt excl incl i p k max min nl no nrs pag resp
    ma wo vr za zo mrt mei tev plm red secr
    mr mrs ms e g vs approx dept est
"""
SHORT = frozenset(_SHORT.split())
# Those of them that may also be the last word of a sentence: what follows decides.
_MAY_END = {"usw", "etc", "enz", "uhr", "so", "mo", "di", "mi", "do", "sa", "ma", "co", "art", "str", "bd", "a", "max"}
_OF_AN_ADDRESS = ("=", "/", "&", "#")
_END = re.compile(r"(?:[.!?…]+[\"“”’»«)\]]*|[:;](?=\s+[-–—]\s))(?=\s|$)")
_LAST_WORD = re.compile(r"(\w+)\.$")
_STARTS = re.compile(r"\s+[\"„“‚‘»«(\[]*(\w)")
_BREAKS = (re.compile(r"[;:]\s+"), re.compile(r"[,–—]\s+"), re.compile(r"\s+"))


def sentences(line: str, *, longest: int = LONGEST) -> Iterator[tuple[str, str]]:
    """The sentences of one line, each with the white space behind it; together they are the line again.

    A sentence longer than `longest` comes in several pieces, cut where it breathes.
    """
    start = 0
    for end in _ends(line):
        behind = end + len(line[end:]) - len(line[end:].lstrip())
        yield from _pieces(line[start:end], line[end:behind], longest)
        start = behind
    if start < len(line):
        rest = line[start:]
        bare = rest.rstrip()
        yield from _pieces(bare, rest[len(bare) :], longest)


def _ends(line: str) -> Iterator[int]:
    for match in _END.finditer(line):
        if match.end() == len(line) or not match.group().startswith(".") or _is_end(line, match):
            yield match.end()


def _is_end(line: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation, an ordinal or an initial."""
    following = _STARTS.match(line, match.end())
    if match.group().startswith(("..", "…")) and following:
        return following.group(1).isupper()
    last = _LAST_WORD.search(line, max(0, match.start() - 40), match.start() + 1)
    if last is None or following is None:
        return True
    word = last.group(1)
    if word.isdigit() and line[: last.start()][-1:] not in _OF_AN_ADDRESS:
        # “am 3. Mai”; a year or a longer number may well end a sentence
        return len(word) > 2 and following.group(1).isupper()
    if len(word) == 1 and not word.isdigit():
        return False
    if word.lower() in SHORT:
        return word.lower() in _MAY_END and following.group(1).isupper() and len(word) > 2
    return not following.group(1).islower()


def _pieces(sentence: str, behind: str, longest: int) -> Iterator[tuple[str, str]]:
    while len(sentence) > longest:
        cut, space = _cut(sentence, longest)
        yield sentence[:cut], sentence[cut : cut + space]
        sentence = sentence[cut + space :]
    yield sentence, behind


def _cut(sentence: str, longest: int) -> tuple[int, int]:
    """Where a sentence breathes before `longest`, and how much white space lies there."""
    for breaks in _BREAKS:
        places = [match for match in breaks.finditer(sentence, longest // 3, longest) if match.end() < len(sentence)]
        if places:
            found = places[-1]
            space = len(found.group()) - len(found.group().rstrip())
            return found.end() - space, space
    return longest, 0
