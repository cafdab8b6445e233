"""Addresses of the look: its style page and the large-print switch."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.ui import views

app_name = "ui"

urlpatterns = [
    path("ui/", views.style, name="style"),
    path(_("preview/"), views.preview, name="preview"),
    path(_("large-print/"), views.large_print, name="large-print"),
]
