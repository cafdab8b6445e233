"""Addresses of letters."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.letters import views

app_name = "letters"
urlpatterns = [
    path(_("letters/"), views.threads, name="threads"),
    path(_("letters/by-mail/"), views.by_mail, name="by_mail"),
    path(_("letters/to/<str:code>/"), views.write, name="write"),
    path(_("letters/to-organisation/<str:code>/"), views.write_to, name="write_to"),
    path(_("letters/inside/<int:pk>/"), views.enclosure, name="enclosure"),
    path(_("letters/<str:code>/"), views.thread, name="thread"),
    path(_("letters/<str:code>/throw-away/"), views.throw_away, name="throw_away"),
]
