"""What can be passed off for something else: letters nobody sees, and names that look alike in two alphabets.

After Unicode TR 39, as far as names of people and clubs need it: no tables of all confusable signs, but of the letters
that stand for a whole name in another alphabet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}  # control, direction, private, unassigned, breaks of lines
# Letters and marks without a shape: fillers, joiners, choosers of variants.
_SHAPELESS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Strokes through letters, frames around them, and heaps of marks.
_SCRIBBLED = re.compile("[\u0334-\u0338\u0488\u0489\u20d0-\u20ff]|[\u0300-\u036f]{3}")
# What joins and colours the parts of a picture such as a family.
_INSIDE_PICTURES = re.compile("(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200d\ufe0f]")
_SIGNS_IN_NAMES = frozenset(" '’ʼ.,-‐–·&/()")
# Alphabets that people write together.
_TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA"}, {"CJK", "HANGUL"}, {"CJK", "BOPOMOFO"})
# Latin letters beyond the ordinary ones in which names are written, in West Africa and the Caucasus.
_MORE_LATIN = frozenset("ɔɛəɓɗɖɣʋ")
_LAST_LATIN, _LATIN_ADDITIONAL = "\u024f", ("\u1e00", "\u1eff")

_LATIN = (
    "ABCEHIJKMOPSTXYaceijopsxyhdqwknmbtrA"
    "BEHIKMNOPTXYZaiknoptuvwxybA"
    "BCDEGHIJKLMPRSTVWYZA"
    "BCDEFGHIJKLMNOPRSTUVWXYZ"
    "nuohgqOSU"
)
_OTHERS = (
    "АВСЕНІЈКМОРЅТХУасеіјорѕхуһԁԛԝкпмьтг"  # Cyrillic
    "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖαικηορτυνωχγβ"  # Greek
    "ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᎩᏃ"  # Cherokee
    "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ"  # Lisu
    "ոսօհցզՕՏՍ"  # Armenian
)
_TO_LATIN = str.maketrans(_OTHERS, _LATIN)


def typed(text: str) -> str:
    """What of it a keyboard can have written: no control signs but breaks and tabs, no halves of letters.

    For what does not come through a form field, which refuses them.
    """
    return "".join(sign for sign in text if sign in "\n\r\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def has_unseen(text: str) -> bool:
    """Whether there is a sign in it that nobody sees, or that turns the direction of what follows."""
    return any(unicodedata.category(sign) in UNSEEN for sign in text) or bool(_SHAPELESS.search(text))


def is_of_one_alphabet(text: str) -> bool:
    """Whether its letters are of one alphabet, or of several that people write together. “Аnna” has two."""
    found = _alphabets(text)
    return len(found) <= 1 or any(found <= together for together in _TOGETHER)


def is_readable(text: str) -> bool:
    """Whether a title hides nothing: no unseen signs but inside of pictures, and each word in one alphabet."""
    return not has_unseen(_INSIDE_PICTURES.sub("", text)) and all(map(is_of_one_alphabet, re.findall(r"\w+", text)))


def is_plain_name(text: str) -> bool:
    """Whether it is written as names are: letters of one alphabet, digits, few signs, and nothing that is not seen."""
    return (
        any(sign.isalpha() for sign in text)
        and not has_unseen(text)
        and not _SCRIBBLED.search(unicodedata.normalize("NFD", text))
        and is_of_one_alphabet(text)
        and all(_is_of_names(sign) for sign in text)
    )


def as_written(text: str) -> str:
    """The same name in its usual signs: one space, one apostrophe, full-width and styled letters as plain ones."""
    return " ".join(unicodedata.normalize("NFKC", re.sub("[´`ʹ′]", "’", text)).split())


def lookalikes(name: str) -> set[str]:
    """Other ways to write what looks like this name: in another alphabet, with 0 for O, with I for l."""
    found = {name.translate(_TO_LATIN), *_in_other_alphabets(name), *_with_other_strokes(name)}
    return {other for other in found if other != name and is_of_one_alphabet(other)}


def _in_other_alphabets(name: str) -> Iterator[str]:
    """Of a name in Latin letters, where each of them has its double there."""
    for alphabet in ("CYRILLIC", "GREEK"):
        doubles = {latin: other for other, latin in zip(_OTHERS, _LATIN, strict=True) if _alphabet(other) == alphabet}
        if all(sign in doubles or not sign.isalpha() for sign in name):
            yield "".join(doubles.get(sign, sign) for sign in name)


def _with_other_strokes(name: str) -> Iterator[str]:
    yield name.replace("0", "o")
    yield name.replace("1", "l")
    yield re.sub(r"\bl(?=\w)", "I", name)
    yield re.sub(r"(?<=\w)I(?=[^\W\dA-Z]|\b)", "l", name)


def _alphabets(text: str) -> set[str]:
    return {_alphabet(sign) for sign in text if sign.isalpha()}


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0].partition("-")[0]


def _is_of_names(sign: str) -> bool:
    kind = unicodedata.category(sign)
    if kind[0] == "L" and unicodedata.name(sign, "?").startswith("LATIN"):
        return sign <= _LAST_LATIN or _LATIN_ADDITIONAL[0] <= sign <= _LATIN_ADDITIONAL[1] or sign in _MORE_LATIN
    return kind[0] == "L" or kind in ("Mn", "Mc", "Nd") or sign in _SIGNS_IN_NAMES
