"""The form of one ask or offer: a few fields, those of its sort."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.entries.tongue import LanguageField, language_choices, tongue_of
from dorfplatz.exchange.drafts import ExchangeDraft, Wanted
from dorfplatz.exchange.enums import Direction, Sort
from dorfplatz.exchange.models import Exchange
from dorfplatz.kernel.text import in_language
from dorfplatz.villages.queries import Site

RIDE_FIELDS = ("from_words", "to_words", "seats")
AUDIENCES = [(Audience.PUBLIC, _("Everybody")), (Audience.MEMBERS, _("Only neighbours who are logged in"))]
EXAMPLES = {
    (Direction.ASK, Sort.RIDE): _("For example: Who takes me to the clinic in Kleve?"),
    (Direction.ASK, Sort.HELP): _("For example: Who helps me carry my bulky waste?"),
    (Direction.ASK, Sort.LEND): _("For example: Long ladder for a Saturday"),
    (Direction.ASK, Sort.COMPANY): _("For example: Who walks the dog with me?"),
    (Direction.ASK, Sort.SKILL): _("For example: Who shows me how to use my telephone?"),
    (Direction.OFFER, Sort.LEND): _("For example: Trailer to lend"),
    (Direction.OFFER, Sort.RIDE): _("For example: Every Friday to the market in Kranenburg, two seats free"),
}


class ExchangeForm(forms.Form):
    """What, when, where; for whom if one likes to say so. `form_key` makes a form sent twice count once."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    title = forms.CharField(label=_("In one sentence"), max_length=120)
    body = forms.CharField(
        label=_("What else is good to know?"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Please write no telephone number and no address: answers reach you through the square."),
    )  # fmt: skip
    from_words = forms.CharField(label=_("From where?"), max_length=80, required=False)
    to_words = forms.CharField(label=_("To where?"), max_length=80, required=False)
    seats = forms.IntegerField(label=_("For how many people?"), min_value=1, max_value=50, required=False)
    needed_on = forms.DateField(
        label=_("On which day?"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    when_words = forms.CharField(
        label=_("When, in your words?"), max_length=120, required=False,
        help_text=_("For example: in the afternoon, whenever it suits you"),
    )  # fmt: skip
    is_regular = forms.BooleanField(label=_("Not only once, but regularly"), required=False)
    for_whom = forms.CharField(
        label=_("For whom is it meant?"), max_length=120, required=False,
        help_text=_("For example: for families, for people who are new here"),
    )  # fmt: skip
    villages = forms.TypedMultipleChoiceField(
        label=_("In which village?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    language = LanguageField()
    audience = forms.ChoiceField(
        label=_("Who may see it?"), choices=AUDIENCES, widget=forms.RadioSelect, initial=Audience.PUBLIC
    )

    def __init__(
        self, *args: Any, site: Site, direction: Direction, sort: Sort, language: str, author_language: str = "",
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.site, self.direction, self.sort = site, direction, sort
        self.author_language = author_language or language
        language_field = self.fields["language"]
        if isinstance(language_field, LanguageField):
            language_field.choices = language_choices(site.municipality.languages)
        villages = self.fields["villages"]
        if isinstance(villages, forms.TypedMultipleChoiceField):
            villages.choices = [(area.pk, in_language(area.name, language)) for area in site.villages]
        example = EXAMPLES.get((direction, sort))
        if example:
            self.fields["title"].help_text = str(example)
        if sort != Sort.RIDE:
            for name in RIDE_FIELDS:
                del self.fields[name]
        else:
            self.fields["from_words"].required = self.fields["to_words"].required = True
        if direction == Direction.OFFER:
            del self.fields["needed_on"]

    def clean_needed_on(self) -> Any:
        day = self.cleaned_data["needed_on"]
        if day and day < timezone.localdate() and "needed_on" in self.changed_data:
            raise forms.ValidationError(str(_("This day is over already.")))
        return day

    def draft(self) -> ExchangeDraft:
        """What the form says, in the language chosen, else the one it is in."""
        said = self.cleaned_data
        among = self.site.municipality.languages
        language = said["language"] or tongue_of(
            said["title"], said["body"], among=among, otherwise=self.author_language
        )
        return ExchangeDraft(
            direction=self.direction,
            words=Draft(
                title=said["title"],
                body=said["body"],
                language=language,
                areas=[self.site.by_id[pk] for pk in said["villages"]],
                audience=Audience(said["audience"]),
            ),
            wanted=Wanted(
                sort=self.sort,
                is_regular=said["is_regular"],
                needed_on=said.get("needed_on"),
                when_words=said["when_words"],
                for_whom=said["for_whom"],
                from_words=said.get("from_words", ""),
                to_words=said.get("to_words", ""),
                seats=said.get("seats"),
            ),
        )


def initial_of(exchange: Exchange) -> dict[str, Any]:
    """The form's values for what is there."""
    entry = exchange.entry
    own = ("from_words", "to_words", "seats", "needed_on", "when_words", "is_regular", "for_whom")
    return {
        "title": entry.title,
        "body": entry.body,
        "villages": [placement.area_id for placement in entry.placements.all()],
        "audience": entry.audience,
        "language": entry.language,
        **{name: getattr(exchange, name) for name in own},
    }


class AnswerForm(forms.Form):
    """“I can help”, in a few words."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    text = forms.CharField(
        label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Only the person who set this out reads it. Say when it suits you and how you can be reached."),
    )  # fmt: skip


class ThanksForm(forms.Form):
    """A few words of thanks."""

    text = forms.CharField(
        label=_("Your thanks"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It goes to the person who helped. Others see it only if that person likes it to be seen."),
    )  # fmt: skip
