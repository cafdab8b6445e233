"""The form that sets out or changes an event: one column, in the order in which one would tell a neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.tongue import LanguageField, language_choices, tongue_of
from dorfplatz.events.calendar_filter import EARLIEST, LATEST
from dorfplatz.events.civil import LONGEST_DAYS
from dorfplatz.events.enums import Repeats
from dorfplatz.kernel.text import in_language
from dorfplatz.places.enums import SPOKEN_LANGUAGES, Generation, StepFree
from dorfplatz.places.facet_groups import language_name
from dorfplatz.places.queries import Terms
from dorfplatz.villages.queries import Site

LANGUAGE_NAMES = dict(settings.LANGUAGES)
LONGEST_TITLE, LONGEST_BODY = 200, 10_000
FREE_CHOICES = [("", _("not said")), ("yes", _("free of charge")), ("no", _("costs something"))]
NTH_CHOICES = [
    (1, pgettext_lazy("which one in the month", "the first")),
    (2, pgettext_lazy("which one in the month", "the second")),
    (3, pgettext_lazy("which one in the month", "the third")),
    (4, pgettext_lazy("which one in the month", "the fourth")),
    (-1, pgettext_lazy("which one in the month", "the last")),
]
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d.%m.%y")
TIME_FORMATS = ("%H:%M", "%H.%M", "%H")


def day_field(**kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, input_formats=DATE_FORMATS, localize=False, **kwargs)


def time_field(**kwargs: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(widget=widget, input_formats=TIME_FORMATS, required=False, localize=False, **kwargs)


class EventForm(forms.Form):
    """Everything people can say about an event. `voices` are organisations in whose name one may speak."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    title = forms.CharField(
        label=_("What is on?"),
        max_length=LONGEST_TITLE,
        help_text=_("As in: choir practice, spring fair, the mobile baker."),
    )
    starts_on = day_field(label=_("On which day?"))
    starts_time = time_field(label=_("From"), help_text=_("Leave it empty for the whole day."))
    ends_time = time_field(label=pgettext_lazy("hour", "Until"))
    ends_on = day_field(label=_("Last day"), required=False, help_text=_("Only for what lasts several days."))
    repeats = forms.ChoiceField(
        label=_("How often?"), choices=Repeats.choices, required=False, widget=forms.RadioSelect
    )
    interval = forms.IntegerField(
        label=_("Every how many weeks or months?"),
        required=False,
        min_value=1,
        max_value=12,
        help_text=_("1 means every, 2 every second."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    nth = forms.TypedChoiceField(
        label=_("On which of them in the month?"), coerce=int, required=False, empty_value=None, choices=NTH_CHOICES
    )
    repeats_until = day_field(
        label=_("Until when does it go on?"), required=False, help_text=_("Leave it empty if it goes on and on.")
    )
    skips_holidays = forms.BooleanField(label=_("Not in the school holidays"), required=False)
    villages = forms.TypedMultipleChoiceField(
        label=_("In which village?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    place = forms.TypedChoiceField(label=_("At which place?"), coerce=int, required=False, empty_value=None)
    place_words = forms.CharField(
        label=_("More on the place, in words"),
        max_length=200,
        required=False,
        help_text=_("As in: in the yard behind the church, or Dorfstraße 3."),
    )
    body = forms.CharField(
        label=_("What should people know?"),
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    language = LanguageField()
    organiser = forms.TypedChoiceField(label=_("Who organises it?"), coerce=int, required=False, empty_value=None)
    theme = forms.TypedChoiceField(label=_("What is it about?"), coerce=int, required=False, empty_value=None)
    is_free = forms.ChoiceField(label=_("Is it free of charge?"), choices=FREE_CHOICES, required=False)
    cost_note = forms.CharField(label=_("What does it cost?"), max_length=200, required=False)
    registration = forms.CharField(
        label=_("Does one have to register?"),
        max_length=300,
        required=False,
        help_text=_("As in: with Mrs Janssen by Friday, or: just come along."),
    )
    takes_names = forms.BooleanField(label=_("People may say here that they come"), required=False)
    capacity = forms.IntegerField(label=_("Room for how many?"), required=False, min_value=1, max_value=100_000)
    step_free = forms.ChoiceField(label=_("Can one get in without a step?"), choices=StepFree.choices, required=False)
    generations = forms.TypedMultipleChoiceField(
        label=_("For whom above all?"), coerce=int, required=False, choices=Generation.choices,
        widget=forms.CheckboxSelectMultiple, help_text=_("None ticked means for everybody."),
    )  # fmt: skip
    spoken_languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(label=_("Who may see it?"), choices=Audience.choices, widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        site: Site,
        terms: Terms,
        language: str,
        author_language: str,
        places: Sequence[tuple[int, str]],
        voices: Sequence[tuple[int, str]],
        has_own_rule: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.site = site
        self.author_language = author_language
        self.languages = [code for code in site.municipality.languages if code in LANGUAGE_NAMES]
        for code in self.languages:
            title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, required=False)
            body = forms.CharField(
                label=_("Text"), max_length=LONGEST_BODY, required=False, widget=forms.Textarea({"rows": 4})
            )
            title.widget.attrs["lang"] = body.widget.attrs["lang"] = code
            self.fields |= {f"title_{code}": title, f"body_{code}": body}
        areas = [(area.pk, in_language(area.name, language)) for area in (*site.villages, *site.outside)]
        self._choose("villages", areas)
        self._choose("language", language_choices(self.languages))
        self._choose("weekdays", [(number, name) for number, name in WEEKDAYS.items()])
        self._choose("place", [("", _("none of these")), *places])
        self._choose("organiser", [("", _("I myself")), *voices])
        self._choose("theme", [("", _("not said")), *theme_choices(terms, language)])
        self._choose("spoken_languages", [(code, language_name(code)) for code in SPOKEN_LANGUAGES])
        if not has_own_rule:
            self._choose("repeats", [pair for pair in Repeats.choices if pair[0] != Repeats.AS_IT_IS])

    @property
    def versions(self) -> list[dict[str, Any]]:
        """By language, the fields of its version."""
        return [
            {"name": language_name(code), "code": code, "fields": [self[f"title_{code}"], self[f"body_{code}"]]}
            for code in self.languages
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("language"):
            said = [str(cleaned.get(name, "")) for name in ("title", "body")]
            cleaned["language"] = tongue_of(*said, among=self.languages, otherwise=self.author_language)
        self._check_days(cleaned)
        self._check_hours(cleaned)
        first, last = cleaned.get("starts_on"), cleaned.get("repeats_until")
        if cleaned.get("repeats") and first and last and last < first:
            self.add_error("repeats_until", gettext("It would end before it has begun."))
        return cleaned

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first is None:
            return
        if not EARLIEST <= first <= LATEST:
            self.add_error("starts_on", gettext("That day is too far away."))
        elif last is not None and last < first:
            self.add_error("ends_on", gettext("The last day comes before the first."))
        elif last is not None and (last - first).days >= LONGEST_DAYS:
            self.add_error("ends_on", gettext("That is longer than a year."))

    def _check_hours(self, cleaned: dict[str, Any]) -> None:
        begins, ends = cleaned.get("starts_time"), cleaned.get("ends_time")
        if ends is not None and begins is None and not {"starts_time", "ends_time"} & set(self.errors):
            self.add_error("starts_time", gettext("When does it begin?"))

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field, by its class above


def theme_choices(terms: Terms, language: str) -> list[tuple[int, str]]:
    return [(b.term.id, in_language(b.term.name, language)) for b in terms.branches if not b.term.is_hidden]


class SingleDateForm(forms.Form):
    """One date of an event: called off, or at another time, with a word to those who come."""

    what = forms.ChoiceField(label=_("What is different?"), widget=forms.RadioSelect)
    starts_on = day_field(label=_("New day"), required=False)
    starts_time = time_field(label=_("From"))
    ends_time = time_field(label=pgettext_lazy("hour", "Until"))
    word = forms.CharField(
        label=_("A word to those who come"), max_length=300, required=False,
        help_text=_("As in: the choir master is ill. It stands beside the date, and whoever comes gets it by mail."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = list(choices)  # type: ignore[attr-defined]  # a choice field, by its class above

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            cleaned.get("what") in ("moved", "added")
            and not cleaned.get("starts_on")
            and "starts_on" not in self.errors
        ):
            self.add_error("starts_on", gettext("On which day then?"))
        return cleaned

    def day(self, usual: date) -> date:
        return self.cleaned_data.get("starts_on") or usual


class ComingForm(forms.Form):
    """“I’m coming”, and with how many."""

    on = forms.DateField(widget=forms.HiddenInput, input_formats=("%Y-%m-%d",))
    persons = forms.IntegerField(label=_("How many of you?"), min_value=1, max_value=20, initial=1)
    shows_name = forms.BooleanField(label=_("Others who come may see my name"), required=False)
