"""A text taken apart into what is said and what holds it together, line by line, so that Markdown comes back as it was.
Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dorfplatz.translation.sentences import sentences

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_PREFIX = re.compile(r"(?:\s|>|#{1,6}(?=\s)|[-*+•–](?=\s)|\d{1,3}[.)](?=\s))*")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Part:
    """A stretch of a text: words to be translated, or what stays as it is."""

    text: str
    is_words: bool


def parts(text: str) -> Iterator[Part]:
    """The stretches of a text in their order; put together again, they are the text."""
    fence = ""
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        mark = _FENCE.match(bare)
        if fence:
            fence = "" if mark and bare.strip().startswith(fence) else fence
            yield Part(line, is_words=False)
        elif mark:
            fence = mark.group(1)
            yield Part(line, is_words=False)
        else:
            yield from _of_line(bare)
            if line[len(bare) :]:
                yield Part(line[len(bare) :], is_words=False)


def _of_line(line: str) -> Iterator[Part]:
    if not line or not is_said(line):
        if line:
            yield Part(line, is_words=False)
        return
    prefix = _PREFIX.match(line)
    begin = prefix.end() if prefix else 0
    if begin:
        yield Part(line[:begin], is_words=False)
    for sentence, behind in sentences(line[begin:]):
        if sentence:
            yield Part(sentence, is_words=is_said(sentence))
        if behind:
            yield Part(behind, is_words=False)


def is_said(words: str) -> bool:
    """Whether there is something to translate: drawings, numbers, rows of emoji and code in columns are not."""
    if not _WORD.search(words) or words.startswith(("    ", "\t")):
        return False
    dense = re.sub(r"https?://\S+|\s", "", words)
    return len(_LETTER.findall(dense)) * 2 > len(dense)
