"""Forms of the village paper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.noticeboard.enums import BOTH, BlankSheet, GuideShape, PosterSize, Shape
from dorfplatz.villages.models import Municipality

LANGUAGE_NAMES = {"de": "Deutsch", "nl": "Nederlands", "en": "English"}


def language_choices(municipality: Municipality) -> list[tuple[str, str]]:
    """Each language of the square, then its first two side by side."""
    known = [code for code in municipality.languages if code in LANGUAGE_NAMES]
    single = [(code, LANGUAGE_NAMES[code]) for code in known]
    if len(known) < 2:
        return single
    both = f"{LANGUAGE_NAMES[known[0]]} + {LANGUAGE_NAMES[known[1]]}"
    return [*single, (BOTH.join(known[:2]), both)]


class SheetForm(forms.Form):
    """On which sheet, in which language."""

    form = forms.ChoiceField(label=_("Sheet"), choices=Shape.choices)
    languages = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: object, municipality: Municipality, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they are
        field = self.fields["languages"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  it stands above
        field.choices = language_choices(municipality)

    @property
    def chosen_languages(self) -> list[str]:
        return str(self.cleaned_data["languages"]).split(BOTH)


class GuideForm(SheetForm):
    """On which sheet, in which language; the sheets stand below one another, as they want some words."""

    form = forms.ChoiceField(label=_("Sheet"), choices=GuideShape.choices, widget=forms.RadioSelect)


class BlankForm(SheetForm):
    """Which sheet to fill in, in which language; both side by side by themselves."""

    form = forms.ChoiceField(label=_("Sheet"), choices=BlankSheet.choices, widget=forms.RadioSelect)


class GreetingForm(forms.Form):
    greeting = forms.CharField(
        label=_("Greeting"), required=False, max_length=800, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences that stand above everything else."),
    )  # fmt: skip
    picture = forms.FileField(label=_("Picture"), required=False, help_text=_("It stands beside the greeting."))
    picture_alt = forms.CharField(
        label=_("What is to be seen?"), required=False, max_length=300,
        help_text=_("In a few words, for those who cannot see it."),
    )  # fmt: skip
    no_picture = forms.BooleanField(label=_("Take the picture away"), required=False)


class PosterForm(forms.Form):
    """How large, in which language, with what."""

    size = forms.ChoiceField(label=_("Sheet"), choices=PosterSize.choices)
    language = forms.ChoiceField(label=_("Language"))
    picture = forms.BooleanField(label=_("With its picture"), required=False)
    slips = forms.BooleanField(label=_("With slips to tear off"), required=False)

    def __init__(self, *args: object, municipality: Municipality, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they are
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  it stands above
        field.choices = [choice for choice in language_choices(municipality) if BOTH not in choice[0]]
