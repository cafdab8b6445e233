"""Addresses of the settings page and of the search for addresses, below the language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.basemap import views

app_name = "basemap"
urlpatterns = [
    path(_("settings/base-map/"), views.settings, name="settings"),
    path(_("addresses/"), views.addresses, name="addresses"),
]
