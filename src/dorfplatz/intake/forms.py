"""Who is on the telephone, or on the sheet of paper: somebody known, or somebody new with her consent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.form_keys import given_form_key
from dorfplatz.members.actions import Agreed
from dorfplatz.members.actions.mandates import LONGEST_PHONE, LONGEST_PURPOSE
from dorfplatz.members.actions.people import LONGEST_NAME
from dorfplatz.members.enums import ConsentBy
from dorfplatz.members.models import Mandate
from dorfplatz.villages.models import Area

NEW = "new"
OF_SOMEBODY_NEW = ("name", "village", "language", "consent_by", "days")
BARE = {"autocomplete": "off"}


class IntakeForm(forms.Form):
    """`person` is a mandate's id, or “new”; then the fields below are asked for. `about` is what she called for."""

    # Not the browser's: what is asked of somebody new is out of sight while somebody known is chosen.
    use_required_attribute = False

    person = forms.ChoiceField(label=_("For whom?"), choices=[], widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Her name"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Please write her name.")},
        widget=forms.TextInput(attrs=BARE),
    )
    phone = forms.CharField(
        label=_("Her telephone number"),
        max_length=LONGEST_PHONE,
        required=False,
        help_text=_("Only you see it, so that you can ring her. It need not be given."),
        widget=forms.TextInput(attrs={**BARE, "inputmode": "tel"}),
    )
    village = forms.ChoiceField(label=_("Home village"))
    language = forms.ChoiceField(label=_("Language"))
    consent_by = forms.ChoiceField(
        label=_("How did she agree?"),
        choices=ConsentBy.choices,
        error_messages={"required": _("Please say how she agreed.")},
        widget=forms.RadioSelect,
    )
    purpose = forms.CharField(
        label=_("What for?"),
        max_length=LONGEST_PURPOSE,
        required=False,
        help_text=_("Left empty, it is what you choose below, and telling her what comes of it."),
    )
    days = forms.ChoiceField(
        label=_("Until when?"),
        choices=[("30", _("one month")), ("90", _("three months")), ("365", _("a year"))],
        help_text=_("Then, or when she takes it back, everything about her is erased. You are reminded before."),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *args: Any, known: Sequence[Mandate], villages: Sequence[Area], languages: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(mandate.pk): mandate for mandate in known}
        self.areas = {area.slug: area for area in villages}
        names = [(pk, f"{one.person.name}, {one.person.home_area}") for pk, one in self.known.items()]
        self._choose("person", [*names, (NEW, _("Somebody new"))])
        self._choose("village", [(area.slug, str(area)) for area in villages])
        words = dict(settings.LANGUAGES)
        self._choose("language", [(code, words[code]) for code in languages])
        if not self.known:
            self.fields["person"].initial = NEW
        for name in OF_SOMEBODY_NEW:
            self.fields[name].required = not self.is_bound or self.data.get("person") == NEW

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices)

    @property
    def mandate(self) -> Mandate | None:
        """Of somebody who is known already."""
        return self.known.get(self.cleaned_data["person"])

    @property
    def home(self) -> Area:
        return self.areas.get(self.cleaned_data["village"]) or next(iter(self.areas.values()))

    @property
    def key(self) -> str:
        return given_form_key(self.cleaned_data["form_key"])

    def consent(self, purpose: str) -> Agreed:
        """`purpose` is for which she agrees where nothing else was written."""
        said = self.cleaned_data
        days = int(said["days"] or "30")
        return Agreed(ConsentBy(said["consent_by"]), said["purpose"].strip() or purpose, days, said["phone"])
