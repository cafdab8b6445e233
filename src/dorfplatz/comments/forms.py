"""The form of a comment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.comments.actions import LONGEST, LONGEST_TEXT


class CommentForm(forms.Form):
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    to = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)
    text = forms.CharField(
        label=_("Your comment"), max_length=LONGEST, strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("It stands here under your name."),
    )  # fmt: skip


class TextForm(forms.Form):
    """A comment in another language. `of` is the fingerprint of the words that were read."""

    of = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    text = forms.CharField(
        label=_("Text"), max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("Leave names, numbers and addresses as they are."),
    )  # fmt: skip

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = language
