"""What is sent from the desk, as cleaned values."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.desk.actions import LONGEST_NOTE, NoteDraft
from dorfplatz.desk.enums import KeptFor, Later
from dorfplatz.desk.models import KEY_LENGTH


class KeyForm(forms.Form):
    """Which item, and what to do with it. `words` go with a move that asks something."""

    key = forms.CharField(max_length=KEY_LENGTH)
    verb = forms.SlugField(max_length=20)
    words = forms.CharField(max_length=4000, required=False)


class LaterForm(forms.Form):
    later = forms.ChoiceField(choices=Later.choices)


class HandOnForm(forms.Form):
    to = forms.IntegerField(error_messages={"required": _("Please choose somebody.")})


class NoteForm(forms.Form):
    text = forms.CharField(
        max_length=LONGEST_NOTE, error_messages={"required": _("Please write what you want to remember.")}
    )
    kept_for = forms.TypedChoiceField(choices=KeptFor.choices, coerce=int)
    is_for_successor = forms.BooleanField(required=False)

    @property
    def draft(self) -> NoteDraft:
        said = self.cleaned_data
        return NoteDraft(said["text"], KeptFor(said["kept_for"]), said["is_for_successor"])
