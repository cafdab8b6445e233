"""The quiet line under an entry's words: in whose language they are, by whom, and where the original is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from dorfplatz.entries.enums import WrittenBy
from dorfplatz.entries.models import Entry
from dorfplatz.entries.more_languages import other_readers
from dorfplatz.entries.queries import reading, translator_of
from dorfplatz.entries.wishing import can_be_asked
from dorfplatz.kernel.actor import VISITOR

# As in “Translated from …”, “Written in …”.
FROM = {
    "de": pgettext_lazy("translated from", "German"),
    "nl": pgettext_lazy("translated from", "Dutch"),
    "en": pgettext_lazy("translated from", "English"),
    "pl": pgettext_lazy("translated from", "Polish"),
    "uk": pgettext_lazy("translated from", "Ukrainian"),
    "ar": pgettext_lazy("translated from", "Arabic"),
}
IN = {
    "de": pgettext_lazy("written in", "German"),
    "nl": pgettext_lazy("written in", "Dutch"),
    "en": pgettext_lazy("written in", "English"),
    "pl": pgettext_lazy("written in", "Polish"),
    "uk": pgettext_lazy("written in", "Ukrainian"),
    "ar": pgettext_lazy("written in", "Arabic"),
}


def words_line(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """The line for the slot `entry:body` of every kind; "" for an original in the reader's language."""
    entry: Entry = context["entry"]
    language = request.LANGUAGE_CODE
    words = reading(entry, language)
    municipality = getattr(request, "municipality", None)
    is_needless = entry.language == language or bool(request.GET.get("text"))
    values = {
        "others": other_readers(entry, municipality.languages) if municipality else (),
        "is_needless": is_needless,
        "entry": entry,
        "words": words,
        "from_language": FROM.get(entry.language, entry.language),
        "in_language": IN.get(entry.language, entry.language),
        "by_person": words.by == WrittenBy.PERSON,
        "translator": translator_of(words, getattr(request, "viewer", VISITOR)),
        "improve_url": reverse("entries:improve", kwargs={"code": entry.code, "language": language}),
        "ask_url": _ask_url(entry, language) if words.is_original else "",
    }
    return render_to_string("entries/parts/words-line.html", values, request=request)


def _ask_url(entry: Entry, language: str) -> str:
    if not can_be_asked(entry, language):
        return ""
    return reverse("entries:ask", kwargs={"code": entry.code, "language": language})
