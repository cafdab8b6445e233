"""Why a source cannot be taken in, said so that it can be said again in another language."""

from __future__ import annotations

from django.utils.translation import gettext

from dorfplatz.kernel.verdict import Problem


class SourceProblem(Problem):
    """A problem with its untranslated sentence, and what stands in its gaps: it is kept and read by others later."""

    def __init__(self, text: str, **values: str) -> None:
        super().__init__(said(text, values))
        self.text, self.values = text, values


def said(text: str, values: dict[str, str]) -> str:
    """The sentence in the active language."""
    return gettext(text) % values if values else gettext(text)
