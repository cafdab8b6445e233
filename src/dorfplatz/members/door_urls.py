"""Addresses of the way in and out."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.members import views

urlpatterns = [
    path(_("login/"), views.log_in, name="login"),
    path(_("login/code/"), views.by_code, name="by_code"),
    path(_("login/second-step/"), views.second_step, name="second_step"),
    path(_("login/passkey/"), views.show_passkey, name="show_passkey"),
    path(_("login/provider/"), views.provider, name="provider"),
    path(_("login/provider/back/"), views.provider_back, name="provider_back"),
    path(_("logout/"), views.log_out, name="logout"),
    path(_("forgotten-password/"), views.forgotten, name="forgotten"),
    path(_("new-password/<str:uid>/<str:token>/"), views.new_password, name="new_password"),
    path(_("join/"), views.type_code, name="type_code"),
    path(_("join/<str:code>/"), views.join, name="join"),
    path(_("join-by-mail/"), views.ask_by_mail, name="ask_by_mail"),
    path(_("join-by-mail/<str:token>/"), views.joined_by_mail, name="joined_by_mail"),
]
