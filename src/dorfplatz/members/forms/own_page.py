"""Forms of one's own page: who one is, where one is at home, what others read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.members.enums import ProfileField, SeenBy
from dorfplatz.members.forms.fields import language_field, name_field
from dorfplatz.members.models import Identity, Portrait, ProfileLine
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site


class MeForm(forms.Form):
    name = name_field()

    def __init__(self, *args: Any, identity: Identity, site: Site, **kwargs: Any) -> None:
        home = identity.home_area.slug if identity.home_area else ""
        start = {"name": identity.name, "language": identity.language, "home": home}
        super().__init__(*args, **{**kwargs, "initial": start})
        languages = list(dict.fromkeys([*site.municipality.languages, identity.language]))
        self.fields["language"] = language_field(languages)
        self.areas = {area.slug: area for area in (*site.villages, *site.outside)}
        if identity.home_area:
            self.areas.setdefault(home, identity.home_area)
        self.fields["home"] = forms.ChoiceField(
            label=_("Home village"),
            required=False,
            choices=[("", _("none of these")), *((slug, str(area)) for slug, area in self.areas.items())],
            help_text=_("The square then begins there. Nobody needs to know your street."),
        )

    @property
    def home_area(self) -> Area | None:
        return self.areas.get(self.cleaned_data["home"])


class HomesForm(forms.Form):
    villages = forms.MultipleChoiceField(
        label=_("I am also at home in"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, identity: Identity, site: Site, present: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"villages": [area.slug for area in present]}})
        self.areas = {area.slug: area for area in (*site.villages, *site.outside, *present)}
        self.areas.pop(identity.home_area.slug if identity.home_area else "", None)
        names = [(slug, str(area)) for slug, area in self.areas.items()]
        cast("forms.MultipleChoiceField", self.fields["villages"]).choices = names

    @property
    def chosen(self) -> list[Area]:
        return [self.areas[slug] for slug in self.cleaned_data["villages"]]


class ProfileForm(forms.Form):
    """Each line in two fields: what it says, and who reads it."""

    picture = forms.FileField(
        label=_("A picture of me"), required=False,
        help_text=_("One on which you can be recognised, taken by you or given to you for this."),
    )  # fmt: skip
    picture_away = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(
        self, *args: Any, lines: Mapping[str, ProfileLine], portrait: Portrait | None, is_minor: bool,
        is_connector: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        circles = [c for c in SeenBy if not is_minor or c not in (SeenBy.MEMBERS, SeenBy.PUBLIC)]
        usual = SeenBy.CONNECTORS if is_minor else SeenBy.MEMBERS
        if portrait is None:
            del self.fields["picture_away"]
        usual_face = SeenBy.PUBLIC if is_connector and not is_minor else usual
        self.fields["picture_for"] = forms.ChoiceField(
            label=_("My picture: who sees it?"),
            choices=[(c.value, c.label) for c in circles],
            initial=portrait.seen_by if portrait else usual_face,
            help_text=_("As Buurtverbinder you stand on the village’s page: with your picture if everybody may see it.")
            if is_connector else "",
        )  # fmt: skip
        for field in ProfileField:
            line = lines.get(field)
            if field not in ProfileField.without_words():
                words = forms.Textarea(attrs={"rows": 3}) if field == ProfileField.ABOUT else forms.TextInput()
                self.fields[field] = forms.CharField(
                    label=field.label, max_length=600, required=False, widget=words, initial=line.value if line else ""
                )
            if field == ProfileField.LISTED and is_minor:
                continue
            start = line.seen_by if line else (SeenBy.ME if field in HIDDEN_FIRST else usual)
            self.fields[f"{field}_for"] = forms.ChoiceField(
                label=_("%(what)s: who reads it?") % {"what": field.label},
                choices=[(c.value, c.label) for c in (LISTED_FOR if field == ProfileField.LISTED else circles)],
                initial=start,
            )

    def pairs(self) -> list[tuple[forms.BoundField | None, forms.BoundField]]:
        """Line by line: the field to write in, None where there is none, and who reads it."""
        shown = [f for f in ProfileField if f"{f}_for" in self.fields]
        return [(self[f] if f in self.fields else None, self[f"{f}_for"]) for f in shown]

    @property
    def face_for(self) -> SeenBy:
        """Who is to see the picture."""
        return SeenBy(self.cleaned_data["picture_for"])

    @property
    def said(self) -> dict[ProfileField, tuple[str, SeenBy]]:
        values = self.cleaned_data
        shown = [f for f in ProfileField if f"{f}_for" in self.fields]
        return {f: (values.get(f, ""), SeenBy(values[f"{f}_for"])) for f in shown}


HIDDEN_FIRST = (ProfileField.PHONE, ProfileField.EMAIL, ProfileField.LISTED)
LISTED_FOR = (SeenBy.ME, SeenBy.VILLAGES)
