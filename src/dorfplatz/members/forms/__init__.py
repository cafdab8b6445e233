"""Forms, by subject: HTML in, cleaned values out."""

from dorfplatz.members.forms.entering import (
    ChangePasswordForm,
    ForgottenForm,
    LoginForm,
    NewPasswordForm,
    PasskeyForm,
    PasswordForm,
    ProveForm,
    StepForm,
)
from dorfplatz.members.forms.joining import CardJoinForm, CardsForm, CodeForm, JoinForm, MailJoinForm, SettleForm
from dorfplatz.members.forms.own_page import HomesForm, MeForm, ProfileForm
from dorfplatz.members.forms.roles import BundleForm, GrantForm, HandOverForm, MandateForm, RenewForm

__all__ = [
    "BundleForm",
    "CardJoinForm",
    "CardsForm",
    "ChangePasswordForm",
    "CodeForm",
    "ForgottenForm",
    "GrantForm",
    "HandOverForm",
    "HomesForm",
    "JoinForm",
    "LoginForm",
    "MailJoinForm",
    "MandateForm",
    "MeForm",
    "NewPasswordForm",
    "PasskeyForm",
    "PasswordForm",
    "ProfileForm",
    "ProveForm",
    "RenewForm",
    "SettleForm",
    "StepForm",
]
