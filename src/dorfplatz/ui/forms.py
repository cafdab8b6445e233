"""The form on the style page: every kind of field, so that each can be looked at with and without errors."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Django's own sentences that we say more kindly: our catalogue comes before Django's.
KINDER_WORDS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid time."),
    gettext_noop("No file was submitted. Check the encoding type on the form."),
    gettext_noop("The submitted file is empty."),
)


class SampleForm(forms.Form):
    title = forms.CharField(label=_("What is it called?"), help_text=_("As people in the village call it."))
    body = forms.CharField(
        label=_("What is it about?"), widget=forms.Textarea(attrs={"rows": 4}), required=False,
        help_text=_("Two or three sentences are enough."),
    )  # fmt: skip
    village = forms.ChoiceField(label=_("Village"), choices=[("niel", "Niel"), ("mehr", "Mehr"), ("wyler", "Wyler")])
    audience = forms.ChoiceField(
        label=_("Who may see it?"), widget=forms.RadioSelect, choices=[("all", _("Everybody")), ("us", _("Members"))]
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken?"), widget=forms.CheckboxSelectMultiple, required=False,
        choices=[("de", "Deutsch"), ("nl", "Nederlands"), ("en", "English")],
    )  # fmt: skip
    free = forms.BooleanField(label=_("Free of charge"), required=False, help_text=_("Nobody has to pay anything."))
    mail = forms.EmailField(label=_("E-mail"), required=False)
    photo = forms.FileField(label=_("Photo"), required=False, help_text=_("A picture you took yourself."))
    photo_alt = forms.CharField(
        label=_("What is to be seen?"), required=False,
        help_text=_("For people who cannot see the picture: “The chapel of Niel behind two lime trees.”"),
    )  # fmt: skip


class SamplePointForm(forms.Form):
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
