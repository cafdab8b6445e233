"""Small forms around an entry: “this is wrong”, a photo, who keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 1_800
WRONG_CHOICES = [
    ("gone", _("It no longer exists")),
    ("hours", _("The opening hours are not right")),
    ("contact", _("Telephone, address or website is not right")),
    ("place", _("It is somewhere else on the map")),
    ("other", _("Something else")),
]


class CorrectionForm(forms.Form):
    """“This is wrong”, from anybody. `homepage` is a field nobody sees: what fills it in is a machine."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    homepage = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))
    what = forms.ChoiceField(
        label=_("What is wrong?"), choices=WRONG_CHOICES, widget=forms.RadioSelect, initial="other"
    )
    text = forms.CharField(
        label=_("What would be right?"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence is enough. Please write nothing private about others."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("what") == "other" and not cleaned.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", _("Please say in a sentence what is wrong."))
        return cleaned

    @property
    def said(self) -> str:
        """Choice and words together, as they are kept."""
        choice = str(dict(WRONG_CHOICES)[self.cleaned_data["what"]])
        text: str = self.cleaned_data["text"].strip()
        if self.cleaned_data["what"] == "other":
            return text
        return f"{choice}: {text}" if text else f"{choice}."


class PhotoForm(forms.Form):
    """A picture with its words."""

    file = forms.FileField(label=_("Photo"), help_text=_("A picture you took yourself, as large as you have it."))
    alt = forms.CharField(
        label=_("What is to be seen?"), max_length=300,
        help_text=_("For people who cannot see the picture: “The chapel of Niel behind two lime trees.”"),
    )  # fmt: skip
    credit = forms.CharField(label=_("Who took it?"), max_length=120, required=False)


class KeeperForm(forms.Form):
    """Who is to keep an entry: somebody with an account, by e-mail address."""

    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("The person needs an account on the square. Her name will stand at the entry."),
    )


class ClaimForm(forms.Form):
    """“This is ours”: what the person is there."""

    words = forms.CharField(
        label=_("What are you there?"), max_length=300, help_text=_("One sentence: “I am the new secretary.”")
    )


class HandOverForm(forms.Form):
    """To whom an entry passes, and whether the present keeper goes on too."""

    email = forms.EmailField(
        label=_("E-mail address of the person"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("She gets a mail and says yes. Who is not a member yet joins with it."),
    )  # fmt: skip
    stays = forms.BooleanField(label=_("I go on keeping it too"), required=False)

    def __init__(self, *args: Any, is_keeper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_keeper:
            del self.fields["stays"]

    @property
    def stays_on(self) -> bool:
        return bool(self.cleaned_data.get("stays", True))
