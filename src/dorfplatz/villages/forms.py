"""Forms of the settings: HTML in, cleaned values out. Texts come in the municipality's languages, one field each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import ANY_LANGUAGE
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.actions.pages import LONGEST_BODY, LONGEST_TITLE
from dorfplatz.villages.description import LONGEST_NAME
from dorfplatz.villages.enums import TINT_COUNT, PageKind
from dorfplatz.villages.legal import Wording
from dorfplatz.villages.models import Area, FreePage, Municipality
from dorfplatz.villages.queries import Site
from dorfplatz.villages.sockets import rooms
from dorfplatz.villages.versions import Stale

LONGEST_INTRO = 1_000
LANGUAGE_NAMES = dict(settings.LANGUAGES)


class SettingsForm(forms.Form):
    """A form that remembers which version of the page it shows, and that can be told what an action refused."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def seen_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def tell(self, problem: Problem) -> None:
        """Show the problem above the fields. After a stale save the next one replaces what the other person saved."""
        self.add_error(None, str(problem))
        if isinstance(problem, Stale) and isinstance(self.data, QueryDict):
            data = self.data.copy()
            data["version"] = str(problem.version)
            self.data = data

    def _choices(self, name: str, choices: Sequence[tuple[object, object]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def add_texts(
        self, key: str, languages: Sequence[str], label: str, *, texts: Mapping[str, str], rows: int = 0, **field: Any
    ) -> None:
        """Fields `key_de`, `key_nl`, …; only the first language can be required."""
        required = field.pop("required", False)
        for number, code in enumerate(languages):
            one_for_all = texts.get(ANY_LANGUAGE, "") if number == 0 else ""
            self.fields[f"{key}_{code}"] = forms.CharField(
                label=f"{label} – {LANGUAGE_NAMES[code]}" if len(languages) > 1 else label,
                initial=texts.get(code, one_for_all),
                required=required and number == 0,
                widget=forms.Textarea(attrs={"rows": rows, "lang": code}) if rows else forms.TextInput({"lang": code}),
                **(field if number == 0 else {**field, "help_text": ""}),
            )

    def texts(self, key: str, languages: Sequence[str], before: Mapping[str, str]) -> dict[str, str]:
        """What was entered, by language; texts in languages the municipality does not offer now are kept."""
        kept = {code: text for code, text in before.items() if code not in {*languages, ANY_LANGUAGE}}
        entered = {code: str(self.cleaned_data[f"{key}_{code}"]).strip() for code in languages}
        return kept | {code: text for code, text in entered.items() if text}

    def name(self, key: str, languages: Sequence[str], before: Mapping[str, str]) -> dict[str, str]:
        """As `texts`, but a name that is the same everywhere is kept once, for any language."""
        found = self.texts(key, languages, before)
        return {ANY_LANGUAGE: next(iter(found.values()))} if len(set(found.values())) == 1 else found


class PointFields(forms.Form):
    """A place on earth, typed or dragged on the map."""

    lat = forms.FloatField(
        label=_("Latitude"), min_value=-90, max_value=90, widget=forms.NumberInput(attrs={"step": "0.00001"})
    )
    lon = forms.FloatField(
        label=_("Longitude"), min_value=-180, max_value=180, widget=forms.NumberInput(attrs={"step": "0.00001"})
    )

    @property
    def point(self) -> Point:
        return Point(round(self.cleaned_data["lat"], 5), round(self.cleaned_data["lon"], 5))


class VillageForm(SettingsForm, PointFields):
    inhabitants = forms.IntegerField(
        label=_("Inhabitants"), min_value=0, max_value=99_999_999, required=False,
        help_text=_("Shown on the village’s page. Leave it empty where nobody has counted."),
    )  # fmt: skip
    tint = forms.TypedChoiceField(
        label=_("The village’s colour"), coerce=int, widget=forms.RadioSelect,
        help_text=_("A gentle tint by which one sees at a glance where something comes from."),
    )  # fmt: skip
    neighbours = forms.TypedMultipleChoiceField(
        label=_("Neighbouring villages"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, area: Area, site: Site, nearby: Sequence[Area], linked: Sequence[int], **kwargs: Any
    ) -> None:
        start = {
            "version": area.version, "inhabitants": area.inhabitants, "lat": area.lat, "lon": area.lon,
            "tint": area.tint, "neighbours": list(linked),
        }  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": start})
        self.area, self.languages = area, site.municipality.languages
        self.add_texts(
            "name", self.languages, gettext("Name"), texts=area.name, max_length=LONGEST_NAME, required=True,
            help_text=_("Leave the other languages empty where the name is the same."),
        )  # fmt: skip
        self.add_texts(
            "intro", self.languages, gettext("A few words about the village"), texts=area.intro, rows=4,
            max_length=LONGEST_INTRO, help_text=_("Two or three sentences: what a visitor should know and see."),
        )  # fmt: skip
        self._choices("tint", _tints(site, area))
        self._choices("neighbours", [(near.pk, str(near)) for near in nearby])
        for near in nearby:
            self.fields[f"rank_{near.pk}"] = forms.IntegerField(
                required=False, min_value=1, max_value=99,
                initial=linked.index(near.pk) + 1 if near.pk in linked else None,
                label=gettext("Place of %(name)s in the order") % {"name": near},
                widget=forms.NumberInput(attrs={"class": "rank"}),
            )  # fmt: skip

    @property
    def neighbours_in_order(self) -> list[int]:
        """The ticked areas: by the numbers given, those without one after them, as they stand."""
        chosen = self.cleaned_data["neighbours"]
        return sorted(chosen, key=lambda pk: self.cleaned_data.get(f"rank_{pk}") or 100)


def _tints(site: Site, area: Area) -> list[tuple[int, str]]:
    users: dict[int, list[str]] = {}
    for village in site.villages:
        if village.pk != area.pk:
            users.setdefault(village.tint, []).append(str(village))
    return [
        (
            tint,
            format_html(
                '<span class="tint-swatch tint-{}" aria-hidden="true"></span>{}', tint,
                gettext("Colour %(number)d: %(villages)s") % {"number": tint, "villages": ", ".join(users[tint])}
                if tint in users else gettext("Colour %(number)d: free") % {"number": tint},
            ),
        )
        for tint in range(1, TINT_COUNT + 1)
    ]  # fmt: skip


class ColourInput(forms.ColorInput):
    """A colour is always chosen: HTML knows no such input that is required."""

    def use_required_attribute(self, initial: Any) -> bool:
        del initial
        return False


class MunicipalityForm(SettingsForm):
    accent = forms.CharField(
        label=_("Colour"), validators=[MaxLengthValidator(7)], widget=ColourInput,
        help_text=_("For buttons and marks, on white and on paper. Pale colours are refused: nobody could read them."),
    )  # fmt: skip

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        area = municipality.area
        start: dict[str, Any] = {"version": area.version, "accent": municipality.accent.lower()}
        for number, code in enumerate(municipality.languages, start=1):
            start[f"language_{number}"] = code
        super().__init__(*args, **{**kwargs, "initial": start})
        self.languages = list(municipality.languages)
        self.add_texts(
            "name", self.languages, gettext("Name"), texts=area.name, max_length=LONGEST_NAME, required=True,
            help_text=_("Leave the other languages empty where the name is the same."),
        )  # fmt: skip
        self.add_texts("motto", self.languages, gettext("Motto"), texts=municipality.motto, max_length=200,
                       help_text=_("One line under the name."))  # fmt: skip
        self.add_texts("intro", self.languages, gettext("Welcome"), texts=area.intro, rows=4, max_length=LONGEST_INTRO,
                       help_text=_("Two or three sentences for the first page."))  # fmt: skip
        choices = [("", "–"), *LANGUAGE_NAMES.items()]
        labels = (gettext("First language"), gettext("Second language"), gettext("Third language"))
        for number, label in enumerate(labels, start=1):
            self.fields[f"language_{number}"] = forms.ChoiceField(label=label, choices=choices, required=number == 1)

    def clean(self) -> dict[str, Any]:
        chosen = self.chosen_languages
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("Each language can be chosen once."))
        return self.cleaned_data

    @property
    def chosen_languages(self) -> list[str]:
        values = (self.cleaned_data.get(f"language_{number}") for number in range(1, len(LANGUAGE_NAMES) + 1))
        return [code for code in values if code]


class RoomsForm(SettingsForm):
    open_rooms = forms.MultipleChoiceField(
        label=_("Open rooms"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("A closed room disappears from the square; what is in it stays and comes back with it."),
    )  # fmt: skip

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        known = list(rooms.items())
        start = {
            "version": municipality.area.version,
            "open_rooms": [key for key, _room in known if municipality.has_room(key)],
        }
        super().__init__(*args, **{**kwargs, "initial": start})
        self._choices("open_rooms", [(key, f"{room.label}: {room.help}") for key, room in known])

    @property
    def rooms_off(self) -> list[str]:
        return [key for key, _room in rooms.items() if key not in self.cleaned_data["open_rooms"]]


class PageForm(SettingsForm):
    """For a new page the municipality alone is given; the kind is asked for then only."""

    kind = forms.ChoiceField(label=_("What kind of page?"), choices=PageKind.choices, initial=PageKind.FREE)

    def __init__(self, *args: Any, municipality: Municipality, page: FreePage | None = None, **kwargs: Any) -> None:
        start = {"version": page.version if page else 0}
        super().__init__(*args, **{**kwargs, "initial": start})
        self.languages = municipality.languages
        if page:
            del self.fields["kind"]
        self.add_texts("title", self.languages, gettext("Title"), texts=page.title if page else {},
                       max_length=LONGEST_TITLE, required=True)  # fmt: skip
        self.add_texts(
            "body", self.languages, gettext("Text"), texts=page.body if page else {}, rows=12, max_length=LONGEST_BODY,
            help_text=_("An empty line begins a paragraph, “# ” a heading, “- ” a list; **bold**; [words](address)."),
        )  # fmt: skip
        self.fields["is_published"] = forms.BooleanField(
            label=_("Show the page"), required=False, initial=page.is_published if page else True,
            help_text=_("Shown pages are linked at the foot of every page."),
        )  # fmt: skip


class LegalForm(SettingsForm):
    """A legal text over the version that counts now."""

    def __init__(self, *args: Any, municipality: Municipality, wording: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"version": wording.version}})
        self.languages = municipality.languages
        self.add_texts("title", self.languages, gettext("Title"), texts=wording.title, max_length=LONGEST_TITLE,
                       required=True)  # fmt: skip
        self.add_texts(
            "body", self.languages, gettext("Text"), texts=wording.body, rows=18, max_length=LONGEST_BODY,
            required=True,
            help_text=_("An empty line begins a paragraph, “# ” a heading, “- ” a list; **bold**; [words](address)."),
        )  # fmt: skip


class OutsideForm(PointFields):
    name = forms.CharField(label=_("Name of the village"), max_length=LONGEST_NAME)
    municipality = forms.CharField(label=_("Its municipality"), max_length=LONGEST_NAME)
    country = forms.ChoiceField(
        label=_("Country"), choices=[("DE", _("Germany")), ("NL", _("Netherlands")), ("BE", _("Belgium")),
                                     ("LU", _("Luxembourg")), ("FR", _("France"))],
    )  # fmt: skip
    field_order = ("name", "municipality", "country", "lat", "lon")


class PictureForm(SettingsForm):
    file = forms.FileField(
        label=_("Picture"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text=_("A photo of the place, best taken by somebody who lives there; wide rather than tall."),
    )  # fmt: skip

    def __init__(self, *args: Any, municipality: Municipality, has_picture: bool, **kwargs: Any) -> None:
        texts, credit = kwargs.pop("alt", {}), kwargs.pop("credit", "")
        super().__init__(*args, **kwargs)
        self.languages = municipality.languages
        self.fields["file"].required = not has_picture
        self.add_texts(
            "alt", self.languages, gettext("What is to be seen?"), texts=texts, max_length=300, required=True,
            help_text=_("For people who cannot see the picture: “The chapel of Niel behind two lime trees.”"),
        )  # fmt: skip
        self.fields["credit"] = forms.CharField(
            label=_("Who took it?"), max_length=200, required=False, initial=credit,
            help_text=_("The name stands under the picture."),
        )  # fmt: skip
