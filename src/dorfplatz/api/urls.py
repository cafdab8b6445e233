"""Addresses of the open interface, the same in every language."""

from django.urls import path

from dorfplatz.api import addresses  # noqa: F401  knows “anything”
from dorfplatz.api.views import entries, geo

app_name = "api"
urlpatterns = [
    path("openapi.json", entries.openapi, name="openapi"),
    path("map.geojson", geo.map_geojson, name="map_geojson"),
    path("areas.geojson", geo.areas_geojson, name="areas_geojson"),
    path("places.csv", entries.places_csv, name="places_csv"),
    path("entries", entries.entries, name="entries"),
    path("entries/<str:code>", entries.entry, name="entry"),
    path("categories", entries.categories, name="categories"),
    path("villages", entries.villages, name="villages"),
    path("<anything:rest>", entries.nothing, name="nothing"),
]
