"""The forms of one word, and of the decision about a service outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dorfplatz.languages.actions import WordDraft
from dorfplatz.languages.enums import Treatment
from dorfplatz.languages.models import LocalWord

NAMES = dict(settings.LANGUAGES)
IN = {
    "de": _("In German"), "nl": _("In Dutch"), "en": _("In English"), "pl": _("In Polish"), "uk": _("In Ukrainian"),
    "ar": _("In Arabic"),
}  # fmt: skip
LONGEST = 80


class WordForm(forms.Form):
    word = forms.CharField(label=_("The word"), max_length=LONGEST, help_text=_("As one says it here: Schützenverein."))
    language = forms.ChoiceField(label=_("In which language is it?"))
    treatment = forms.ChoiceField(
        label=_("What happens to it in a translation?"), choices=Treatment.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code in languages if code in NAMES]
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [(code, NAMES[code]) for code in self.codes]
        for code in self.codes:
            self.fields[f"says_{code}"] = forms.CharField(
                label=IN.get(code, NAMES[code]), max_length=LONGEST, required=False,
                widget=forms.TextInput({"lang": code}),
                help_text=_("The word there, or a short explanation."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        treatment, own = cleaned.get("treatment"), cleaned.get("language")
        others = [cleaned.get(f"says_{code}") for code in self.codes if code != own]
        if treatment in (Treatment.EXPLAINED, Treatment.REPLACED) and not any(others):
            self.add_error("treatment", gettext("Then say what it is called in another language."))
        return cleaned

    @property
    def draft(self) -> WordDraft:
        said = self.cleaned_data
        return WordDraft(
            word=said["word"].strip(),
            language=said["language"],
            treatment=Treatment(said["treatment"]),
            says={code: said[f"says_{code}"].strip() for code in self.codes},
        )


def initial_of(word: LocalWord) -> dict[str, Any]:
    said = {f"says_{code}": text for code, text in word.says.items()}
    return {"word": word.word, "language": word.language, "treatment": word.treatment, **said}
