"""Forms of those with a role: giving roles, acting for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.members.actions import Agreed
from dorfplatz.members.actions.mandates import LONGEST_PHONE
from dorfplatz.members.actions.people import LONGEST_NAME
from dorfplatz.members.enums import GIVEN_BY_ADMINS, ConsentBy
from dorfplatz.members.forms.fields import language_field
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import Bundle
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site


class GrantForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Who is not a member yet gets an invitation by mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in GIVEN_BY_ADMINS])
    area = forms.ChoiceField(
        label=_("Where?"), help_text=_("A role in the municipality counts in all of its villages.")
    )

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = (site.municipality.area, *site.villages)
        self.areas = {str(area.pk): area for area in own}
        names = [(str(own[0].pk), _("the whole municipality")), *((str(area.pk), str(area)) for area in own[1:])]
        cast("forms.ChoiceField", self.fields["area"]).choices = names

    @property
    def chosen_area(self) -> Area:
        return self.areas[self.cleaned_data["area"]]


class BundleForm(forms.Form):
    """What a role may do, of what may be changed here."""

    carried = forms.MultipleChoiceField(
        label=_("The role may do this"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, bundle: Bundle, **kwargs: Any) -> None:
        start = {"carried": [item.name for item in bundle.open if item.is_held]}
        super().__init__(*args, **{**kwargs, "initial": start})
        self.fixed = [item.name for item in bundle.fixed]
        choices = [(item.name, item.label) for item in bundle.open]
        cast("forms.MultipleChoiceField", self.fields["carried"]).choices = choices

    @property
    def wanted(self) -> list[str]:
        return [*self.fixed, *self.cleaned_data["carried"]]


class RenewForm(forms.Form):
    """To what somebody without e-mail has agreed."""

    consent_by = forms.ChoiceField(label=_("How did she agree?"), choices=ConsentBy.choices, widget=forms.RadioSelect)
    purpose = forms.CharField(
        label=_("What for?"), max_length=300, help_text=_("In a few words: “looking for a lift to the doctor”.")
    )
    days = forms.ChoiceField(
        label=_("Until when?"),
        choices=[("30", _("one month")), ("90", _("three months")), ("365", _("a year"))],
        help_text=_("Then, or when she takes it back, everything about her is erased. You are reminded before."),
    )
    phone = forms.CharField(
        label=_("Her telephone number"),
        max_length=LONGEST_PHONE,
        required=False,
        help_text=_("Only you see it, so that you can ring her. It need not be given."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )

    @property
    def consent(self) -> Agreed:
        said = self.cleaned_data
        return Agreed(ConsentBy(said["consent_by"]), said["purpose"], int(said["days"]), said["phone"])


class MandateForm(RenewForm):
    """Somebody without e-mail, and to what she agreed."""

    name = forms.CharField(
        label=_("Her name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    village = forms.ChoiceField(label=_("Home village"))
    field_order = ("name", "phone", "village", "consent_by", "purpose", "days")

    def __init__(self, *args: Any, villages: Sequence[Area], languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {area.slug: area for area in villages}
        cast("forms.ChoiceField", self.fields["village"]).choices = [(a.slug, str(a)) for a in villages]
        self.fields["language"] = language_field(languages)
        self.fields["language"].help_text = ""


class HandOverForm(forms.Form):
    """Which colleague goes on acting for somebody."""

    to = forms.ChoiceField(label=_("Who goes on?"), choices=[], widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: Sequence[Identity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in colleagues}
        cast("forms.ChoiceField", self.fields["to"]).choices = [(pk, one.name) for pk, one in self.people.items()]

    @property
    def chosen(self) -> Identity:
        return self.people[self.cleaned_data["to"]]
