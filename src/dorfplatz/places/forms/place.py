"""The form that adds or changes an entry of the social map: one column, short sections, plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import Audience
from dorfplatz.kernel.geo import OutlineIndex, Point
from dorfplatz.kernel.spelling import is_readable
from dorfplatz.kernel.text import in_language
from dorfplatz.places.enums import SPOKEN_LANGUAGES, Generation, OfferedBy, PlaceKind, Status, StepFree
from dorfplatz.places.facet_groups import language_name
from dorfplatz.places.forms.hours import hours_fields, read_hours_fields
from dorfplatz.places.queries import Terms
from dorfplatz.villages.queries import Site

LANGUAGE_NAMES = dict(settings.LANGUAGES)
LONGEST_TITLE, LONGEST_BODY, LONGEST_NOTE = 200, 10_000, 400
MOST_CATEGORIES = 3
KIND_CHOICES = [
    (PlaceKind.ORGANIZATION, _("a club, firm or institution")),
    (PlaceKind.SERVICE, _("an offer, a helping hand, a course")),
    (PlaceKind.LOCATION, _("a place, room or square")),
]
FREE_CHOICES = [("", _("not known")), ("yes", _("free of charge")), ("no", _("costs something"))]
# Texts beside the body that exist in every language, with their labels and help.
NOTES: dict[str, tuple[Any, Any]] = {
    "hours_note": (_("A note on the opening hours"), _("As in: in August in the mornings only.")),
    "cost_note": (_("What does it cost?"), ""),
    "access_note": (_("How does one get in?"), _("As in: ramp at the side door, bell within reach of a wheelchair.")),
    "how_to_apply": (_("How does one take part?"), _("As in: just come along, or ring the day before.")),
    "alert": (_("A notice for now"), _("As in: closed for rebuilding until Easter. It stands on top of the page.")),
}


class PlaceForm(forms.Form):
    """Everything people can say about an entry. `organizations` are (id, title) of those that may run it."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    kind = forms.ChoiceField(label=_("What is it?"), choices=KIND_CHOICES, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("What is it called?"), max_length=LONGEST_TITLE, help_text=_("As people in the village call it.")
    )
    body = forms.CharField(
        label=_("What happens there, and for whom?"),
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Two or three sentences, as you would tell a new neighbour."),
    )
    language = forms.ChoiceField(label=_("In which language have you written this?"))
    category = forms.TypedChoiceField(label=_("Where does it belong?"), coerce=int)
    category_2 = forms.TypedChoiceField(label=_("It also belongs to"), coerce=int, required=False, empty_value=None)
    category_3 = forms.TypedChoiceField(label=_("And to"), coerce=int, required=False, empty_value=None)
    villages = forms.TypedMultipleChoiceField(
        label=_("In which village?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave it open, and the pin decides."),
    )  # fmt: skip
    lat = forms.FloatField(label=_("North (latitude)"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("East (longitude)"), required=False, min_value=-180, max_value=180)
    street = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=12, required=False)
    town = forms.CharField(label=_("Town or village"), max_length=80, required=False)
    service_area = forms.TypedMultipleChoiceField(
        label=_("For people from which villages?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means from everywhere."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    website = forms.URLField(label=_("Website"), max_length=500, required=False, assume_scheme="https")
    is_free = forms.ChoiceField(label=_("Is it free of charge?"), choices=FREE_CHOICES, required=False)
    step_free = forms.ChoiceField(label=_("Can one get in without a step?"), choices=StepFree.choices)
    generations = forms.TypedMultipleChoiceField(
        label=_("For whom above all?"), coerce=int, required=False, choices=Generation.choices,
        widget=forms.CheckboxSelectMultiple, help_text=_("None ticked means for everybody."),
    )  # fmt: skip
    minimum_age = forms.IntegerField(label=_("From which age?"), required=False, min_value=0, max_value=120)
    maximum_age = forms.IntegerField(label=_("Up to which age?"), required=False, min_value=0, max_value=120)
    spoken_languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    offered_by = forms.ChoiceField(
        label=_("Who offers it?"), required=False, choices=[("", _("not known")), *OfferedBy.choices]
    )
    organization = forms.TypedChoiceField(
        label=_("Who runs it?"), coerce=int, required=False, empty_value=None,
        help_text=_("The club, firm or institution behind it, if it has an entry of its own."),
    )  # fmt: skip
    capacity = forms.IntegerField(label=_("Room for how many people?"), required=False, min_value=1, max_value=100_000)
    founded_in = forms.IntegerField(label=_("Founded in"), required=False, min_value=500, max_value=2100)
    legal_status = forms.CharField(label=_("Legal form"), max_length=80, required=False)
    status = forms.ChoiceField(label=_("Is it there at the moment?"), choices=Status.choices)
    audience = forms.ChoiceField(label=_("Who may see it?"), choices=Audience.choices, widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        site: Site,
        terms: Terms,
        language: str,
        organizations: Sequence[tuple[int, str]] = (),
        present_categories: Collection[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.site = site
        self.languages = [code for code in site.municipality.languages if code in LANGUAGE_NAMES]
        self.fields.update(hours_fields())
        self._add_versions()
        areas = [(area.pk, in_language(area.name, language)) for area in (*site.villages, *site.outside)]
        self._choose("language", [(code, LANGUAGE_NAMES[code]) for code in self.languages])
        self._choose("villages", areas)
        self._choose("service_area", areas)
        self._choose("spoken_languages", [(code, language_name(code)) for code in SPOKEN_LANGUAGES])
        categories = category_choices(terms, language, also=present_categories)
        self._choose("category", [("", _("please choose")), *categories])
        for name in ("category_2", "category_3"):
            self._choose(name, [("", _("nothing more")), *categories])
        self._choose("organization", [("", _("nobody, or not listed")), *organizations])

    @property
    def versions(self) -> list[dict[str, Any]]:
        """By language, the fields of its version."""
        names = ("title", "body", *NOTES)
        return [
            {
                "code": code,
                "name": language_name(code),
                "fields": [self[f"{name}_{code}"] for name in names],
                "is_open": any(self[f"{name}_{code}"].errors for name in names),
            }
            for code in self.languages
        ]

    def clean_villages(self) -> list[int]:
        """The villages ticked, else the one in whose outline the pin is."""
        return list(self.cleaned_data["villages"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_point(cleaned)
        self._check_ages(cleaned)
        self._check_versions(cleaned)
        self._check_titles(cleaned)
        try:
            cleaned["opening_hours"] = read_hours_fields(cleaned)
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned

    def _add_versions(self) -> None:
        for name, (label, help_text) in NOTES.items():
            self.fields[name] = forms.CharField(
                label=label, help_text=help_text, max_length=LONGEST_NOTE, required=False
            )
        for code in self.languages:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title"), max_length=LONGEST_TITLE, required=False, widget=forms.TextInput({"lang": code})
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Text"), max_length=LONGEST_BODY, required=False,
                widget=forms.Textarea({"rows": 4, "lang": code}),
            )  # fmt: skip
            for name, (label, _help) in NOTES.items():
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=label, max_length=LONGEST_NOTE, required=False, widget=forms.TextInput({"lang": code})
                )

    def _choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field, by its class above

    def _check_point(self, cleaned: dict[str, Any]) -> None:
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if (lat is None) != (lon is None) and not {"lat", "lon"} & set(self.errors):
            self.add_error("lat" if lat is None else "lon", gettext("Please give both numbers of the point, or none."))
            return
        cleaned["point"] = Point(lat, lon) if lat is not None and lon is not None else None
        if not cleaned.get("villages") and "villages" not in self.errors:
            cleaned["villages"] = self._village_at(cleaned["point"])
            if not cleaned["villages"]:
                self.add_error("villages", gettext("Please choose a village, or set the pin into one."))

    def _village_at(self, point: Point | None) -> list[int]:
        outlined = {area.pk: area.outline for area in (*self.site.villages, *self.site.outside) if area.outline}
        found = OutlineIndex(outlined).at(point) if point and outlined else None
        return [found] if found else []

    def _check_ages(self, cleaned: Mapping[str, Any]) -> None:
        youngest, oldest = cleaned.get("minimum_age"), cleaned.get("maximum_age")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("maximum_age", gettext("The upper age is below the lower one."))

    def _check_titles(self, cleaned: Mapping[str, Any]) -> None:
        """A name that could pass for another club's, with a letter of another alphabet or one nobody sees."""
        for name in ("title", *(f"title_{code}" for code in self.languages)):
            if not is_readable(cleaned.get(name) or ""):
                self.add_error(name, gettext("Please write each word with the letters of one alphabet."))

    def _check_versions(self, cleaned: Mapping[str, Any]) -> None:
        own = cleaned.get("language")
        for code in self.languages:
            said = [n for n in ("title", "body", *NOTES) if cleaned.get(f"{n}_{code}")]
            if code == own and said:
                message = gettext("You have written in this language above already. Please empty these fields.")
                self.add_error(f"{said[0]}_{code}", message)
            elif cleaned.get(f"body_{code}") and not cleaned.get(f"title_{code}"):
                self.add_error(f"title_{code}", gettext("Please give this version a title as well."))


def category_choices(
    terms: Terms, language: str, *, also: Collection[int] = ()
) -> list[tuple[str, list[tuple[int, str]]]]:
    """The second level in groups of the first, each group with “in general” for its first level.

    `also` are categories an entry has already: one that was hidden since may stay.
    """
    shown = {term.id for branch in terms.branches for term in (branch.term, *branch.below)}
    hidden = [terms.by_id[pk] for pk in also if pk in terms.by_id and pk not in shown]
    others = [(term.id, in_language(term.name, language)) for term in hidden]
    groups = [
        (
            in_language(branch.term.name, language),
            [
                *((term.id, in_language(term.name, language)) for term in branch.below),
                (
                    branch.term.id,
                    gettext("%(category)s, in general") % {"category": in_language(branch.term.name, language)},
                ),
            ],
        )
        for branch in terms.branches
    ]
    return [*groups, (gettext("no longer offered"), others)] if others else groups
