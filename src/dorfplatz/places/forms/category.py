"""The form of one category: what this municipality calls it, whether it is shown, which OpenStreetMap tags it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dorfplatz.places.facet_groups import language_name
from dorfplatz.places.osm_tags import Pattern

MOST_TAGS = 200
LONGEST_NAME = 80
LANGUAGE_NAMES = dict(settings.LANGUAGES)


class CategoryForm(forms.Form):
    """`standard` are the names that hold where nothing is entered; a new category has none and needs a first name."""

    osm_tags = forms.CharField(
        label=_("OpenStreetMap tags"), required=False, widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
        help_text=_("One a line, as in shop=bakery. The next import puts what has them into this category."),
    )  # fmt: skip
    is_hidden = forms.BooleanField(
        label=_("Do not show this category"), required=False,
        help_text=_("Its entries stay; they are found by the village and by their name."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, languages: Sequence[str], standard: Mapping[str, str], is_new: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.languages = [code for code in languages if code in LANGUAGE_NAMES]
        rest = dict(self.fields)
        self.fields = {f"name_{code}": self._name(code, standard, is_new) for code in self.languages}
        self.fields.update(rest)
        if is_new:
            del self.fields["is_hidden"]

    def _name(self, code: str, standard: Mapping[str, str], is_new: bool) -> forms.CharField:
        usual = standard.get(code, "")
        return forms.CharField(
            label=_("Name in %(language)s") % {"language": language_name(code)},
            required=is_new and code == self.languages[0],
            max_length=LONGEST_NAME,
            widget=forms.TextInput({"lang": code}),
            help_text=_("Empty means: %(name)s") % {"name": usual} if usual else "",
        )

    @property
    def names(self) -> dict[str, str]:
        said = {code: self.cleaned_data[f"name_{code}"].strip() for code in self.languages}
        return {code: name for code, name in said.items() if name}

    def clean_osm_tags(self) -> list[str]:
        """The patterns, each once."""
        lines = dict.fromkeys(line.strip() for line in self.cleaned_data["osm_tags"].splitlines())
        tags = [line for line in lines if line][: MOST_TAGS + 1]
        for tag in tags:
            try:
                Pattern.parse(tag)
            except ValueError as error:
                raise ValidationError(
                    gettext("“%(tag)s” is no tag. It should look like shop=bakery.") % {"tag": tag}
                ) from error
        if len(tags) > MOST_TAGS:
            raise ValidationError(gettext("That are too many tags for one category."))
        return tags
