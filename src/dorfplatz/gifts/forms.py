"""Forms of gifts and conversations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dorfplatz.gifts.actions import Agreed, GiftDraft
from dorfplatz.gifts.enums import ConsentBy, GiftPart, KeptFor, Often, Way
from dorfplatz.gifts.models import LONGEST_WORDS, Gift
from dorfplatz.gifts.skills import by_theme, skills_of, words_of
from dorfplatz.kernel.text import in_language
from dorfplatz.members.enums import SeenBy
from dorfplatz.villages.models import Area

HINTS = {
    GiftPart.HANDS: _("What your hands can do: repair, garden, cook, drive …"),
    GiftPart.HEAD: _("What you know: papers, computers, languages, the past …"),
    GiftPart.HEART: _("What you like to do with people: read aloud, visit, play, sing …"),
    GiftPart.TEACH: _("What you could show somebody, or would like to be shown."),
}
FIRST_WORDS = _("This may be written down for the Buurtverbinder of my village. I can take it back at any time.")


@dataclass(frozen=True)
class PartFields:
    """The fields of one part: what is ticked first, what else there is by theme, and a line of one's own."""

    part: GiftPart
    hint: str
    common: forms.BoundField
    more: Sequence[tuple[str, Sequence[Any]]]
    words: forms.BoundField
    suggestions: Sequence[str]
    is_open: bool


def _ticks(label: Any, choices: Sequence[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class HowForm(forms.Form):
    """How, how often, on which days, and for whom it is to be seen."""

    way = forms.ChoiceField(label=_("What is it about?"), choices=Way.choices, widget=forms.RadioSelect)
    often = forms.ChoiceField(label=_("How often?"), choices=Often.choices, widget=forms.RadioSelect)
    weekdays = forms.MultipleChoiceField(
        label=_("On which days?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(str(day), name) for day, name in WEEKDAYS.items()], help_text=_("None ticked means any day."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Your own words are in"), choices=settings.LANGUAGES, required=False)
    seen_by = forms.ChoiceField(
        label=_("Who may know?"), widget=forms.RadioSelect,
        choices=[
            (SeenBy.CONNECTORS.value, _("only the Buurtverbinder of my village")),
            (SeenBy.VILLAGES.value, _("members of my villages")),
            (SeenBy.PUBLIC.value, _("everybody on the square")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, language: str, is_for_connectors: bool, **kwargs: Any) -> None:
        begin = {"way": Way.OFFER, "often": Often.ASK, "language": language, "seen_by": SeenBy.CONNECTORS}
        super().__init__(*args, **{**kwargs, "initial": {**begin, **(kwargs.get("initial") or {})}})
        if is_for_connectors:
            del self.fields["seen_by"]

    def draft_of(self, part: str, *, skill: str = "", words: str = "") -> GiftDraft:
        said = self.cleaned_data
        return GiftDraft(
            part=GiftPart(part), skill=skill, words=words, language=said["language"] or settings.LANGUAGE_CODE,
            way=Way(said["way"]), often=Often(said["often"]), weekdays=tuple(int(day) for day in said["weekdays"]),
            seen_by=SeenBy(said.get("seen_by") or SeenBy.CONNECTORS),
        )  # fmt: skip


class GiftsForm(HowForm):
    """Many at once: tick boxes of each part, and a line for what is not among them."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.spoken = language
        for part in GiftPart:
            named = [(skill.code, skill.name_in(language)) for skill in skills_of(part, common=True)]
            self.fields[f"{part}_common"] = _ticks(part.label, sorted(named, key=lambda pair: pair[1].casefold()))
            more = [(skill.code, skill.name_in(language)) for _names, inside in by_theme(part) for skill in inside]
            self.fields[f"{part}_more"] = _ticks(_("More to choose from"), more)
            self.fields[f"{part}_words"] = forms.CharField(
                label=_("Something else?"),
                required=False,
                max_length=LONGEST_WORDS,
                widget=forms.TextInput(attrs={"list": f"words-{part}"}),
            )

    def parts(self) -> Iterator[PartFields]:
        """In the order of the sheet on paper."""
        for part in GiftPart:
            boxes = iter(self[f"{part}_more"])
            themes = [
                (in_language(names, self.spoken), [next(boxes) for _skill in inside])
                for names, inside in by_theme(part)
            ]
            is_open = bool(self.is_bound and self.data.getlist(f"{part}_more"))  # type: ignore[attr-defined]  # a QueryDict
            yield PartFields(
                part,
                str(HINTS[part]),
                self[f"{part}_common"],
                themes,
                self[f"{part}_words"],
                words_of(part, self.spoken),
                is_open,
            )

    @property
    def drafts(self) -> list[GiftDraft]:
        said, found = self.cleaned_data, []
        for part in GiftPart:
            ticked = [*said[f"{part}_common"], *said[f"{part}_more"]]
            found += [self.draft_of(part, skill=code) for code in dict.fromkeys(ticked)]
            if said[f"{part}_words"]:
                found.append(self.draft_of(part, words=said[f"{part}_words"]))
        return found


class GiftForm(HowForm):
    """One gift, put right."""

    words = forms.CharField(label=_("In your own words"), max_length=LONGEST_WORDS)
    field_order = ("words", "language", "way", "often", "weekdays", "seen_by")

    def __init__(self, *args: Any, gift: Gift, language: str, **kwargs: Any) -> None:
        begin = {
            "words": gift.words, "way": gift.way, "often": gift.often, "seen_by": gift.seen_by,
            "weekdays": [str(day) for day in gift.days], "language": gift.language or language,
        }  # fmt: skip
        super().__init__(*args, language=language, initial=begin, **kwargs)
        self.gift = gift
        self.fields["words"].required = not gift.skill

    @property
    def draft(self) -> GiftDraft:
        return self.draft_of(self.gift.part, skill=self.gift.skill, words=self.cleaned_data["words"])


class NotesForm(forms.Form):
    """What is remembered of a conversation, and how somebody is reached."""

    phone = forms.CharField(
        label=_("How is she reached?"),
        max_length=60,
        required=False,
        help_text=_("A telephone number, or where to ring."),
    )  # fmt: skip
    notes = forms.CharField(
        label=pgettext_lazy("conversation", "What she told you"), max_length=3000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What she likes, whom she knows, what she dreams of. Nothing about health, illness or money."),
    )  # fmt: skip
    next_steps = forms.CharField(
        label=_("What have you agreed?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who does what, until when."),
    )  # fmt: skip


class RecordForm(GiftsForm, NotesForm):
    """A conversation as it is written down: with whom, by which consent, and what she can and likes."""

    village = forms.ChoiceField(label=_("Village"))
    name = forms.CharField(
        label=_("With whom did you talk?"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    consent_by = forms.ChoiceField(label=_("How did she agree?"), choices=ConsentBy.choices, widget=forms.RadioSelect)
    consent_words = forms.CharField(
        label=_("In which words?"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}), initial=FIRST_WORDS,
        help_text=_("Read this to her, or write what she said instead."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What for?"), max_length=300, help_text=_("In a few words: “meeting people who like singing, too”.")
    )
    kept_for = forms.TypedChoiceField(
        label=_("Until when?"), choices=KeptFor.choices, coerce=int, initial=KeptFor.HALF_YEAR,
        help_text=_("Then all of it is erased by itself."),
    )  # fmt: skip
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, villages: Sequence[Area], is_member: bool, language: str, **kwargs: Any) -> None:
        super().__init__(*args, language=language, is_for_connectors=True, **kwargs)
        self.areas = {area.slug: area for area in villages}
        cast("forms.ChoiceField", self.fields["village"]).choices = [(a.slug, str(a)) for a in villages]
        if is_member:
            del self.fields["name"], self.fields["village"]
        elif len(villages) == 1:
            self.fields["village"].widget = forms.HiddenInput()
            self.fields["village"].initial = villages[0].slug

    @property
    def area(self) -> Area:
        return self.areas[self.cleaned_data["village"]]

    @property
    def consent(self) -> Agreed:
        said = self.cleaned_data
        return Agreed(ConsentBy(said["consent_by"]), said["consent_words"], said["purpose"], said["kept_for"])


class NearbyForm(forms.Form):
    """What is looked for among what neighbours can."""

    village = forms.ChoiceField(required=False)
    part = forms.ChoiceField(required=False, choices=[("", ""), *GiftPart.choices])
    q = forms.CharField(required=False, max_length=80)
    page = forms.IntegerField(required=False, min_value=1, max_value=500)

    def __init__(self, *args: Any, villages: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {area.slug: area for area in villages}
        cast("forms.ChoiceField", self.fields["village"]).choices = [("", ""), *((slug, slug) for slug in self.areas)]
