"""Forms of logging in, joining, one's own page and roles: HTML in, cleaned values out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dorfplatz.members.actions.cards import MOST_CARDS
from dorfplatz.members.actions.people import LONGEST_NAME
from dorfplatz.members.enums import GIVEN_BY_ADMINS
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

LONGEST_PASSWORD = 200  # argon2 reads all of it: what is longer is no password


def _email(**attributes: str) -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", **attributes}),
    )


def _password(label: Any, *, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


NEW_PASSWORD_HELP = _("At least ten characters. Three or four words in a row are easy to keep and hard to guess.")


class LoginForm(forms.Form):
    email = _email(autocomplete="username")
    password = _password(_("Password"), autocomplete="current-password")


class ForgottenForm(forms.Form):
    email = _email()


class NewPasswordForm(forms.Form):
    password = _password(_("New password"), autocomplete="new-password", help_text=NEW_PASSWORD_HELP)


class PasswordForm(forms.Form):
    """Before something that nobody else at this screen may do."""

    password = _password(_("Your password"), autocomplete="current-password")


class ChangePasswordForm(forms.Form):
    old = _password(_("Present password"), autocomplete="current-password")
    new = _password(_("New password"), autocomplete="new-password", help_text=NEW_PASSWORD_HELP)


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        help_text=_("As neighbours know you. It stands beside what you write here."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def _language(languages: Sequence[str]) -> forms.ChoiceField:
    known = dict(settings.LANGUAGES)
    return forms.ChoiceField(
        label=_("Language"),
        choices=[(code, known[code]) for code in languages if code in known],
        help_text=_("In which language we write to you."),
    )


class JoinForm(forms.Form):
    name = _name()
    password = _password(_("Password"), autocomplete="new-password", help_text=NEW_PASSWORD_HELP)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = _language(languages)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on your card"),
        max_length=80,
        help_text=_("Twelve letters and digits. Capitals and dashes do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class": "code-typed"}
        ),
    )


OLDER, YOUNGER = "older", "younger"


class CardJoinForm(forms.Form):
    """Who is under 16 is asked for a guardian's name, and only then."""

    name = _name()
    email = _email()
    password = _password(_("Password"), autocomplete="new-password", help_text=NEW_PASSWORD_HELP)
    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=[(OLDER, _("16 or older")), (YOUNGER, _("under 16"))],
        widget=forms.RadioSelect,
    )
    guardian = forms.CharField(
        label=_("Who says yes for you?"),
        max_length=LONGEST_NAME,
        help_text=_("The name of a parent, or of whoever looks after you. Please ask them first."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agreed = forms.BooleanField(label=_("I agree to the house rules and have read how my data are kept."))
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"seen": seen}})
        self.is_minor = self.data.get("age") == YOUNGER
        if not self.is_minor:
            del self.fields["guardian"]

    def show_again(self, seen: str) -> None:
        """The next answer is to the texts as they are now."""
        self.data = {**self.data.dict(), "seen": seen} if hasattr(self.data, "dict") else self.data


class CardsForm(forms.Form):
    village = forms.ChoiceField(label=_("For which village?"))
    count = forms.IntegerField(label=_("How many cards?"), min_value=1, max_value=MOST_CARDS, initial=10)
    uses = forms.ChoiceField(
        label=_("Who joins with one card?"),
        choices=[("1", _("one person")), ("4", _("a household, up to four people"))],
    )
    lasts = forms.ChoiceField(
        label=_("How long do they work?"),
        choices=[("30", _("one month")), ("90", _("three months")), ("180", _("half a year"))],
        initial="90",
    )

    def __init__(self, *args: Any, villages: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {area.slug: area for area in villages}
        cast("forms.ChoiceField", self.fields["village"]).choices = [(a.slug, str(a)) for a in villages]


class MeForm(forms.Form):
    name = _name()

    def __init__(self, *args: Any, identity: Identity, site: Site, **kwargs: Any) -> None:
        home = identity.home_area.slug if identity.home_area else ""
        start = {"name": identity.name, "language": identity.language, "home": home}
        super().__init__(*args, **{**kwargs, "initial": start})
        languages = list(dict.fromkeys([*site.municipality.languages, identity.language]))
        self.fields["language"] = _language(languages)
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


class GrantForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Who is not a member yet gets an invitation by mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in GIVEN_BY_ADMINS])
    area = forms.ChoiceField(
        label=_("Where?"), help_text=_("A role in the municipality counts in all of its villages.")
    )

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = (site.municipality.area, *site.villages)
        self.areas = {str(area.pk): area for area in own}
        names = [(str(own[0].pk), _("the whole municipality")), *((str(area.pk), str(area)) for area in own[1:])]
        cast("forms.ChoiceField", self.fields["area"]).choices = names

    @property
    def chosen_area(self) -> Area:
        return self.areas[self.cleaned_data["area"]]
