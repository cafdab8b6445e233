"""What is sent about introductions, as cleaned values."""

from __future__ import annotations

from django import forms

from dorfplatz.matching.enums import Said
from dorfplatz.matching.models import PAIR_LENGTH

PROPOSE, PASS = "propose", "pass"
CALL_OFF, WORKED, DID_NOT = "call_off", "worked", "did_not"


class SuggestionForm(forms.Form):
    pair = forms.RegexField(r"^[a-z]+:\d{1,15}-[a-z]+:\d{1,15}$", max_length=PAIR_LENGTH)
    do = forms.ChoiceField(choices=[(PROPOSE, ""), (PASS, "")])


class SteerForm(forms.Form):
    """`person` goes with a yes or a no that was heard on the phone."""

    do = forms.ChoiceField(choices=[(value, "") for value in (CALL_OFF, WORKED, DID_NOT, *Said.values)])
    person = forms.IntegerField(required=False)


class AnswerForm(forms.Form):
    do = forms.ChoiceField(choices=[(value, "") for value in (*Said.values, "thank")])
