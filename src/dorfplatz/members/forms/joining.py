"""Forms of joining, and of the cards one joins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.members.actions.cards import LONGEST_BATCH_NAME, MOST_CARDS
from dorfplatz.members.actions.invitations import FROM_16
from dorfplatz.members.actions.people import LONGEST_NAME
from dorfplatz.members.forms.fields import (
    NEW_PASSWORD_HELP,
    email_field,
    language_field,
    name_field,
    password_field,
)
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on your card"),
        max_length=80,
        help_text=_("Twelve letters and digits. Capitals and dashes do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class": "code-typed"}
        ),
    )


OLDER, YOUNGER = "older", "younger"


class CardJoinForm(forms.Form):
    """Who is under 16 is asked for a guardian's name, and only then."""

    name = name_field()
    email = email_field()
    password = password_field(_("Password"), autocomplete="new-password", help_text=NEW_PASSWORD_HELP)
    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=[(OLDER, _("16 or older")), (YOUNGER, _("under 16"))],
        widget=forms.RadioSelect,
    )
    guardian = forms.CharField(
        label=_("Who says yes for you?"),
        max_length=LONGEST_NAME,
        help_text=_("The name of a parent, or of whoever looks after you. Please ask them first."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agreed = forms.BooleanField(label=_("I agree to the house rules and have read how my data are kept."))
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"seen": seen}})
        self.is_minor = self.data.get("age") == YOUNGER
        if not self.is_minor:
            del self.fields["guardian"]

    def show_again(self, seen: str) -> None:
        """The next answer is to the texts as they are now."""
        self.data = {**self.data.dict(), "seen": seen} if hasattr(self.data, "dict") else self.data


class JoinForm(CardJoinForm):
    """By an invitation: the address is known from it. What somebody is invited to is for people of 16 and older."""

    def __init__(self, *args: Any, languages: Sequence[str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.fields.pop("guardian", None)
        self.fields["language"] = language_field(languages)
        self.fields["language"].initial = language

    def clean_age(self) -> str:
        if self.is_minor:
            raise forms.ValidationError(str(FROM_16))
        return str(self.cleaned_data["age"])


class SettleForm(forms.Form):
    """With a card, for who is a member already."""

    agreed = forms.BooleanField(label=_("I agree to the house rules and have read how my data are kept."))
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class MailJoinForm(CardJoinForm):
    """As with a card, but the address is known from the link and the village is asked."""

    home = forms.ChoiceField(label=_("Home village"), help_text=_("Nobody needs to know your street."))

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.areas = {area.slug: area for area in site.villages}
        names = [("", _("Please choose")), *((a.slug, str(a)) for a in self.areas.values())]
        cast("forms.ChoiceField", self.fields["home"]).choices = names

    @property
    def home_area(self) -> Area:
        return self.areas[self.cleaned_data["home"]]


class CardsForm(forms.Form):
    village = forms.ChoiceField(label=_("For which village?"))
    name = forms.CharField(
        label=_("To whom do they go?"),
        max_length=LONGEST_BATCH_NAME,
        required=False,
        help_text=_("A street or a club, so that you find them again: “Fire brigade”, “Lindenstraße 1–20”."),
    )
    count = forms.IntegerField(label=_("How many cards?"), min_value=1, max_value=MOST_CARDS, initial=10)
    uses = forms.ChoiceField(
        label=_("Who joins with one card?"),
        choices=[("1", _("one person")), ("4", _("a household, up to four people"))],
    )
    lasts = forms.ChoiceField(
        label=_("How long do they work?"),
        choices=[("30", _("one month")), ("90", _("three months")), ("180", _("half a year"))],
        initial="90",
    )

    def __init__(self, *args: Any, villages: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {area.slug: area for area in villages}
        cast("forms.ChoiceField", self.fields["village"]).choices = [(a.slug, str(a)) for a in villages]
