"""The form of one wish: how it begins, one sentence, and where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.entries.tongue import LanguageField, language_choices, tongue_of
from dorfplatz.kernel.geo import OutlineIndex, Point
from dorfplatz.kernel.text import in_language
from dorfplatz.villages.queries import Site
from dorfplatz.wishes.drafts import WishDraft
from dorfplatz.wishes.enums import Mood
from dorfplatz.wishes.models import Wish

AUDIENCES = [(Audience.PUBLIC, _("Everybody")), (Audience.MEMBERS, _("Only neighbours who are logged in"))]
BEGINNINGS = [
    (Mood.WISH, _("I wish …")), (Mood.WELL, _("Works well: …")), (Mood.BOTHERS, _("Bothers me: …")),
    (Mood.JOIN, _("I’d join if …")),
]  # fmt: skip
LONGEST_TITLE, LONGEST_BODY = 120, 2_000


class WishForm(forms.Form):
    """`form_key` makes a form sent twice count once. Without a village, the pin decides."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    mood = forms.ChoiceField(
        label=_("How does your sentence begin?"), choices=BEGINNINGS, widget=forms.RadioSelect, initial=Mood.WISH
    )
    title = forms.CharField(
        label=_("In one sentence"), max_length=LONGEST_TITLE, help_text=_("For example: a bench on the square")
    )
    body = forms.CharField(
        label=_("What else is good to know?"), max_length=LONGEST_BODY, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is about places and things in the village. Please write nothing about other people here."),
    )  # fmt: skip
    villages = forms.TypedMultipleChoiceField(
        label=_("For which village?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    lat = forms.FloatField(label=_("North (latitude)"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("East (longitude)"), required=False, min_value=-180, max_value=180)
    language = LanguageField()
    audience = forms.ChoiceField(
        label=_("Who may see it?"), choices=AUDIENCES, widget=forms.RadioSelect, initial=Audience.PUBLIC
    )

    def __init__(self, *args: Any, site: Site, language: str, author_language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site, self.author_language = site, author_language or language
        self._choose("language", language_choices(site.municipality.languages))
        self._choose("villages", [(area.pk, in_language(area.name, language)) for area in site.villages])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # both are fields with choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        cleaned["point"] = Point(lat, lon) if lat is not None and lon is not None else None
        if (lat is None) != (lon is None) and not {"lat", "lon"} & set(self.errors):
            self.add_error("lat" if lat is None else "lon", gettext("Please give both numbers of the point, or none."))
        elif not cleaned.get("villages") and "villages" not in self.errors:
            cleaned["villages"] = self._village_at(cleaned["point"])
            if not cleaned["villages"]:
                self.add_error("villages", gettext("Please choose a village, or set the pin into one."))
        return cleaned

    def _village_at(self, point: Point | None) -> list[int]:
        outlined = {area.pk: area.outline for area in self.site.villages if area.outline}
        found = OutlineIndex(outlined).at(point) if point and outlined else None
        return [found] if found else []

    def draft(self) -> WishDraft:
        """What the form says, in the language chosen, else the one it is in."""
        said = self.cleaned_data
        among = self.site.municipality.languages
        language = said["language"] or tongue_of(
            said["title"], said["body"], among=among, otherwise=self.author_language
        )
        words = Draft(
            title=said["title"],
            body=said["body"],
            language=language,
            areas=[self.site.by_id[pk] for pk in said["villages"]],
            point=said["point"],
            audience=Audience(said["audience"]),
        )
        return WishDraft(Mood(said["mood"]), words)


def initial_of(wish: Wish) -> dict[str, Any]:
    """The form's values for what is there."""
    entry = wish.entry
    return {
        "mood": wish.mood,
        "title": entry.title,
        "body": entry.body,
        "villages": [placement.area_id for placement in entry.placements.all()],
        "lat": entry.lat,
        "lon": entry.lon,
        "audience": entry.audience,
        "language": entry.language,
    }
