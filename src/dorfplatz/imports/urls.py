"""Addresses of the imports page, below the language."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.imports import views

app_name = "imports"
urlpatterns = [
    path(_("settings/imports/"), views.history, name="history"),
    path(_("settings/imports/<int:pk>/"), views.reading, name="reading"),
    path(_("settings/calendars-and-news/"), views.subscriptions, name="subscriptions"),
    path(_("settings/calendars-and-news/new/"), views.subscribe, name="subscribe"),
    path(_("settings/calendars-and-news/<int:pk>/"), views.subscription, name="subscription"),
    path(_("settings/calendars-and-news/<int:pk>/read/"), views.read_now, name="read_now"),
    path(_("settings/calendars-and-news/<int:pk>/end/"), views.end, name="end"),
]
