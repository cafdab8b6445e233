"""The form behind the buttons that arrange the home pages."""

from __future__ import annotations

from django import forms


class ArrangeForm(forms.Form):
    """`do` is a wish as `sections.rearranged` understands it; `version` says which state the buttons belong to."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    do = forms.CharField(max_length=80)
