"""Addresses of phone and paper intake."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.intake import views

app_name = "intake"
urlpatterns = [
    path(_("phone-and-paper/"), views.start, name="start"),
    path(_("phone-and-paper/calls/"), views.call_list_page, name="calls"),
    path(_("phone-and-paper/calls/tick/"), views.tick, name="tick"),
]
