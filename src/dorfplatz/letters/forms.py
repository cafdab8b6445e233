"""One letter, with what lies in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif,application/pdf"


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        clean = super().clean
        return [clean(one, initial) for one in data or ()]


class LetterForm(forms.Form):
    """Words, and a key that makes a form sent twice one letter. Of what is `enclosed` there may be several."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    text = forms.CharField(label=_("Your letter"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))
    enclosed = ManyFiles(
        label=_("Pictures or documents"),
        help_text=_("Up to five: photos, or PDF of up to 10 MB. Where and when a photo was taken is removed from it."),
        required=False,
        allow_empty_file=True,
        widget=Files(attrs={"accept": ACCEPTED}),
    )
