"""Whether a text says “Sie” or “du”, “u” or “je”: a translation goes on as it began. Pure."""

from __future__ import annotations

import re

FORMAL, INFORMAL = "formal", "informal"
# What begins a sentence has a capital anyway: there “Sie” may be “they”, and “Ihr” may be “you all”.
_WORDS = {
    "de": (
        re.compile(r"(?<=[a-zäöüß,;] )(?:Sie|Ihnen|Ihr|Ihre|Ihren|Ihrem|Ihrer|Ihres)\b"),
        re.compile(r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(?:e|en|em|er|es)?|[Ee]uch|[Ee]uer|[Ee]ure[mnrs]?)\b"),
    ),
    "nl": (
        re.compile(r"\b(?:[Uu]|[Uu]w|[Uu]zelf)\b"),
        re.compile(r"\b(?:[Jj]e|[Jj]ij|[Jj]ou|[Jj]ouw|[Jj]ullie)\b"),
    ),
}


def address_of(text: str, language: str) -> str:
    """“formal” or “informal”; "" where the text addresses nobody, both ways, or in a language that has one form."""
    if language not in _WORDS:
        return ""
    formal, informal = (bool(words.search(text)) for words in _WORDS[language])
    return "" if formal == informal else FORMAL if formal else INFORMAL
