"""The form in which a flip chart is typed off: where and when it hung, and one line for each sentence on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.tongue import tongue_of
from dorfplatz.kernel.text import in_language
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site
from dorfplatz.wishes.drafts import ChartDraft, Row
from dorfplatz.wishes.enums import Mood
from dorfplatz.wishes.forms.wish import LONGEST_TITLE

LINES = 12
MOST_TICKS = 500


class ChartForm(forms.Form):
    """`areas` are the villages in which this person answers wishes. Lines that are left empty count for nothing."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    area = forms.TypedChoiceField(label=_("For which village?"), coerce=int)
    place = forms.CharField(
        label=_("Where did it hang?"), max_length=80, help_text=_("For example: market stand on the square")
    )
    held_on = forms.DateField(label=_("On which day?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    shows_photos = forms.BooleanField(
        label=_("Everybody may see the photos"), required=False,
        help_text=_("Only where nobody’s name can be read on them. Else connectors alone see them, for half a year."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, areas: list[Area], site: Site, language: str, author_language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.site, self.areas, self.author_language = site, {area.pk: area for area in areas}, author_language
        area_field = self.fields["area"]
        if isinstance(area_field, forms.TypedChoiceField):
            area_field.choices = [(area.pk, in_language(area.name, language)) for area in areas]
        for number in range(1, LINES + 1):
            self.fields[f"mood_{number}"] = forms.ChoiceField(
                label=_("Mood"), choices=Mood.choices, initial=Mood.WISH, required=False
            )
            self.fields[f"sentence_{number}"] = forms.CharField(
                label=_("Sentence"), max_length=LONGEST_TITLE, required=False
            )
            self.fields[f"on_paper_{number}"] = forms.IntegerField(
                label=_("“Me too” on paper"), required=False, min_value=0, max_value=MOST_TICKS
            )

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """The rows of the form."""
        for number in range(1, LINES + 1):
            names = {"mood": f"mood_{number}", "sentence": f"sentence_{number}", "on_paper": f"on_paper_{number}"}
            yield {"number": number, **{key: self[name] for key, name in names.items()}}

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"sentence_{number}") for number in range(1, LINES + 1)):
            self.add_error("sentence_1", gettext("Please type off at least one wish."))
        return cleaned

    def draft(self) -> ChartDraft:
        said = self.cleaned_data
        return ChartDraft(
            area=self.areas[said["area"]],
            place=said["place"],
            held_on=said["held_on"],
            rows=[self._row(n) for n in range(1, LINES + 1) if said[f"sentence_{n}"]],
            shows_photos=said["shows_photos"],
        )

    def _row(self, number: int) -> Row:
        said = self.cleaned_data
        sentence = said[f"sentence_{number}"]
        language = tongue_of(sentence, among=self.site.municipality.languages, otherwise=self.author_language)
        return Row(Mood(said[f"mood_{number}"] or Mood.WISH), sentence, language, said[f"on_paper_{number}"] or 0)
