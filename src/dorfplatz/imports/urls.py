"""Addresses of the imports page, below the language."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.imports import views

app_name = "imports"
urlpatterns = [
    path(_("settings/imports/"), views.history, name="history"),
    path(_("settings/imports/<int:pk>/"), views.reading, name="reading"),
]
