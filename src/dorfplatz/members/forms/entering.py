"""Forms of logging in, of passwords and of second steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.members.forms.fields import NEW_PASSWORD_HELP, email_field, password_field

DIGITS = {"inputmode": "numeric", "spellcheck": "false", "class": "code-typed"}


class LoginForm(forms.Form):
    email = email_field(autocomplete="username")
    password = password_field(_("Password"), autocomplete="current-password")


class ForgottenForm(forms.Form):
    email = email_field()


class NewPasswordForm(forms.Form):
    password = password_field(_("New password"), autocomplete="new-password", help_text=NEW_PASSWORD_HELP)


class PasswordForm(forms.Form):
    """Before something that nobody else at this screen may do."""

    password = password_field(_("Your password"), autocomplete="current-password")


class ProveForm(forms.Form):
    """Once more, before what must not be done from a screen left open. Its field stands beside those of any form."""

    prefix = "prove"
    password = password_field(_("Your password"), autocomplete="current-password")
    code = forms.CharField(
        label=_("Code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code", **DIGITS})
    )
    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Any one of them will do."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.is_one_of_several = True  # type: ignore[attr-defined]  # for ui/parts/field.html


class StepForm(forms.Form):
    """A code from an app, or one of the spare codes."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", **DIGITS}),
    )


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=40, help_text=_("By which you know the device: “My phone”, “Computer in the hall”.")
    )
    credential = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)


class ChangePasswordForm(forms.Form):
    old = password_field(_("Present password"), autocomplete="current-password")
    new = password_field(_("New password"), autocomplete="new-password", help_text=NEW_PASSWORD_HELP)
