"""In which language somebody has written: as chosen on the form, else as the words say, else the author's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dorfplatz.translation.recognising import recognise
from dorfplatz.villages.request import SquareRequest

NAMES = dict(settings.LANGUAGES)


class LanguageField(forms.ChoiceField):
    """The languages of the square; left alone, the words decide."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("In which language have you written this?"), required=False, **kwargs)


def language_choices(languages: Sequence[str]) -> list[tuple[str, Any]]:
    """For a `LanguageField`."""
    return [("", _("It is recognised by itself")), *((code, NAMES[code]) for code in languages if code in NAMES)]


def author_language(request: SquareRequest) -> str:
    """What to take when the words do not say clearly: the author's language, else that of the page she writes on."""
    own = request.viewer.language
    return own if request.viewer.is_member and own in request.municipality.languages else request.LANGUAGE_CODE


def tongue_of(*texts: str, among: Sequence[str], otherwise: str) -> str:
    """The language of what was written, one of those given."""
    return recognise("\n".join(texts), among=[code for code in among if code in NAMES], otherwise=otherwise).language
