"""What a connector says to a wish, and the names of themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dorfplatz.wishes.actions.themes import LONGEST_NAME
from dorfplatz.wishes.enums import Status

NAMES = dict(settings.LANGUAGES)
IN = {"de": _("In German"), "nl": _("In Dutch"), "en": _("In English")}
STEPS = [
    (Status.HEARD, _("Heard: somebody takes care of it")), (Status.GROUP, _("A group has formed")),
    (Status.DONE, _("Fulfilled")), (Status.NOT_POSSIBLE, _("Not possible, because …")),
]  # fmt: skip


class AnswerForm(forms.Form):
    """How far it is, and a sentence that all can read."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    status = forms.ChoiceField(label=_("How far is it?"), choices=STEPS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Your sentence"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All can read it. Whoever wished it and whoever joined in is told."),
        error_messages={"required": _("Please write a sentence; where it is not possible, say why.")},
    )  # fmt: skip


class ThemeForm(forms.Form):
    """What a theme is called, in the languages of the square; one is enough."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code in languages if code in NAMES]
        for code in self.codes:
            self.fields[code] = forms.CharField(
                label=IN.get(code, NAMES[code]), max_length=LONGEST_NAME, required=False,
                widget=forms.TextInput({"lang": code}),
            )  # fmt: skip

    @property
    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in self.codes}
