"""What must come through a translation untouched: found, hidden behind marks, put back, counted afterwards. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dorfplatz.translation.glossary import Term

# Engines garble these; they are always hidden. In the order in which they are looked for.
_HIDDEN = (
    r"`[^`\n]+`",
    r"!?\[[^\]\n]*\]\([^)\s]+\)",
    r"<?https?://[^\s<>\"“”„»«]*[^\s<>\"“”„»«.,;:!?'…*_~)\]}]>?",
    r"\bwww\.[\w.-]+\.[a-z]{2,}[^\s<>\"“”„»«,;!?)]*[\w/]",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"(?<!\w)[#@]\w[\w-]*",
    r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\u200D\uFE0F\U0001F1E6-\U0001F1FF]+",
    r"\*\*|__|~~",
)
# These an engine mostly carries over by itself, and a sentence reads better when it sees them: checked afterwards.
_CARRIED = (
    r"(?:€|EUR)\s?\d+(?:[.,]\d+)*(?:,-|,–)?|\d+(?:[.,]\d+)*(?:,-|,–)?\s?(?:€|EUR\b|Euro\b|euro\b)",
    r"\b\d{1,2}[.:]\d{2}(?!\d)",
    r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b",
    r"\+?\d[\d /()-]{5,}\d",
    r"\d+(?:[.,]\d+)*",
)
EMPHASIS = re.compile(r"\*\*|__|~~")
_HIDDEN_RE = re.compile("|".join(f"(?:{pattern})" for pattern in _HIDDEN))
_CARRIED_RE = re.compile("|".join(f"(?:{pattern})" for pattern in _CARRIED))
# What belongs to a piece at the edge of a sentence and is cut off with it.
_BEHIND, _BEFORE = re.compile(r"[.,;:!?…)\]\"“”’»«]*"), '(["„“‚‘»«'
_SIGNS = ("XQ", "ZX", "QJ", "JX", "XJQ", "QZX")


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence that is protected: what it is, and what stands there in the translation."""

    start: int
    end: int
    text: str
    restored: str
    is_hidden: bool


@dataclass(frozen=True)
class Masked:
    """A sentence with marks in place of some of its pieces."""

    text: str
    sign: str
    hidden: tuple[Piece, ...]
    stands_free: tuple[tuple[bool, bool], ...]  # of each: whether no letter touches it, before and behind

    def restore(self, translated: str) -> str | None:
        """The translation with the pieces back in their places; None when a mark is lost, there twice, or was
        grown together with a word."""
        seen: Counter[int] = Counter()

        def put_back(match: re.Match[str]) -> str:
            number = int(match.group(1))
            if number >= len(self.hidden):
                return match.group()
            grown = _touches(translated[: match.start()][-1:]), _touches(translated[match.end() :][:1])
            wrong = any(free and touched for free, touched in zip(self.stands_free[number], grown, strict=True))
            seen[number] += 2 if wrong else 1
            return self.hidden[number].restored

        back = re.sub(rf"{self.sign}\s?(\d+)(?!\d)", put_back, translated)
        return back if seen == Counter(range(len(self.hidden))) else None


def pieces_of(sentence: str, names: Sequence[str] = (), terms: Iterable[Term] = ()) -> list[Piece]:
    """What is protected in a sentence, in its order, without overlap; what is named first wins."""
    taken: list[Piece] = []
    for match in _HIDDEN_RE.finditer(sentence):
        _take(taken, Piece(match.start(), match.end(), match.group(), match.group(), is_hidden=True))
    explained: set[str] = set()
    for term in terms:
        for match in term.found_in(sentence):
            restored = term.said(match.group(), explained)
            _take(taken, Piece(match.start(), match.end(), match.group(), restored, is_hidden=True))
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence):
            _take(taken, Piece(match.start(), match.end(), match.group(), match.group(), is_hidden=False))
    for match in _CARRIED_RE.finditer(sentence):
        _take(taken, Piece(match.start(), match.end(), match.group(), match.group(), is_hidden=False))
    return sorted(taken, key=lambda piece: piece.start)


def _take(taken: list[Piece], piece: Piece) -> None:
    if piece.start < piece.end and all(piece.end <= other.start or piece.start >= other.end for other in taken):
        taken.append(piece)


def mask(sentence: str, pieces: Sequence[Piece]) -> Masked:
    """The sentence with a mark in place of each of these pieces."""
    sign = next((sign for sign in _SIGNS if sign not in sentence), "")
    if not sign:
        sign = next(made for number in range(10_000) if (made := f"XQ{'Z' * (number + 2)}") not in sentence)
    text, at = "", 0
    for number, piece in enumerate(pieces):
        text += f"{sentence[at : piece.start]}{sign}{number}"
        at = piece.end
        if at < len(sentence) and sentence[at].isdigit():
            text += " "  # or the number would swallow the digit behind it
    return Masked(text + sentence[at:], sign, tuple(pieces), tuple(_free(piece, sentence) for piece in pieces))


def _touches(neighbour: str) -> bool:
    return neighbour.isalnum() or neighbour == "_"


def _free(piece: Piece, sentence: str) -> tuple[bool, bool]:
    """Where a piece that says something, as a sign alone does not, has an edge that must stay one."""
    says = any(map(_touches, piece.text))
    before = says and not _touches(sentence[: piece.start][-1:])
    behind = says and not _touches(sentence[piece.end :][:1])
    return before, behind


def all_kept(answer: str, pieces: Iterable[Piece]) -> bool:
    """Whether each piece that the engine saw is in its answer as often as in the sentence, in its form."""
    for wanted, times in Counter(piece.text for piece in pieces).items():
        before = r"(?<!\w)" if wanted[0].isalnum() else ""
        after = r"(?!\w)" if wanted[-1].isalnum() else ""
        if len(re.findall(f"{before}{re.escape(wanted)}{after}", answer)) != times:
            return False
    return True


def _stays(piece: Piece) -> bool:
    return piece.is_hidden and piece.text == piece.restored


def _is_edge(neighbour: str) -> bool:
    """Whether words may be cut off here: the engine's answer is put back as it is, and must not grow together."""
    return not neighbour or neighbour.isspace()


def trimmed(sentence: str, pieces: Sequence[Piece]) -> tuple[int, int]:
    """Where the words of a sentence begin and end when hidden pieces at its edges are left outside."""
    begin, end = 0, len(sentence)
    for piece in pieces:
        behind = _BEHIND.match(sentence, piece.end).end()  # type: ignore[union-attr]  # it may be empty
        if not (_stays(piece) and not sentence[begin : piece.start].strip() and _is_edge(sentence[behind:][:1])):
            break
        begin = behind
    for piece in reversed(pieces):
        before = len(sentence[: piece.start].rstrip(_BEFORE))
        if not (_stays(piece) and not sentence[piece.end : end].strip(" .!?…") and before >= begin):
            break
        if not _is_edge(sentence[:before][-1:]):
            break
        end = before
    while begin < end and sentence[begin].isspace():
        begin += 1
    while end > begin and sentence[end - 1].isspace():
        end -= 1
    return begin, max(begin, end)
