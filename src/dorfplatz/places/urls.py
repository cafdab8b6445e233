"""Addresses of the social map; those of single entries are the spine's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.places.views import map as maps

app_name = "places"
urlpatterns = [
    path(_("map/"), maps.social_map, name="map"),
    path(_("print-map/"), maps.print_map, name="print_map"),
    path(_("map/<slug:slug>/"), maps.social_map, name="category"),
]
