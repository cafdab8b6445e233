"""From an issue to words: once for all who get the same, then a name and a link for each."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path

import css_inline
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from dorfplatz.channels.issue import Issue
from dorfplatz.channels.queries import Told
from dorfplatz.channels.slots import Slot
from dorfplatz.mail.letter import Words, plain, written

STYLES = Path(__file__).parent / "static" / "channels" / "letter.css"
# Where each letter differs. Nobody can write such a mark into a letter: it is another one each time.
GAPS = ("name", "stop", "notes")


@dataclass(frozen=True)
class Stencil:
    """A letter with gaps."""

    words: Words
    mark: str

    def filled(self, *, name: str, stop: str, notes: Words) -> Words:
        text, html = self.words.text, self.words.html
        for gap, bare, marked in (("name", name, escape(name)), ("stop", stop, escape(stop)),
                                   ("notes", notes.text, notes.html)):  # fmt: skip
            text = text.replace(self.gap(gap), bare)
            html = html.replace(self.gap(gap), marked)
        return replace(self.words, text=text, html=html)

    def gap(self, name: str) -> str:
        return f"{self.mark}{name}"


@cache
def styles() -> str:
    return STYLES.read_text("utf-8")


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


def stencil_of(issue: Issue, slot: Slot, language: str, origin: str) -> Stencil:
    """The issue as a mail in that language."""
    mark = secrets.token_hex(12)
    with override(language):
        context = {
            "issue": issue, "slot": slot, "on": slot.on, "styles": styles(), "is_mail": True,
            "choose": origin + reverse("channels:preferences"), "preview": origin + reverse("channels:letter"),
            **{gap: f"{mark}{gap}" for gap in GAPS},
        }  # fmt: skip
        words = written("mail/channels/letter", context, language)
    return Stencil(replace(words, html=_inliner().inline(words.html)), mark)


def notes_in_words(notes: Sequence[Told], origin: str, language: str) -> Words:
    """What concerns one person alone, for the gap in her letter; empty words where there is nothing."""
    if not notes:
        return Words("", "", "")
    with override(language):
        context = {"notes": notes, "origin": origin}
        text = plain("mail/channels/letter_notes.txt", context)
        html = render_to_string("mail/channels/letter_notes.html", context)
    return Words("", text, html)
