"""Forms of the spine: HTML in, cleaned values out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WordsForm(forms.Form):
    """An entry's words in another language."""

    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(
        label=_("Text"), max_length=50_000, required=False, widget=forms.Textarea({"rows": 12}),
        help_text=_("Leave names, numbers and addresses as they are."),
    )  # fmt: skip

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"lang": language, "dir": "auto"}

    @property
    def said(self) -> dict[str, str]:
        return {"title": self.cleaned_data["title"].strip(), "body": self.cleaned_data["body"].strip()}
