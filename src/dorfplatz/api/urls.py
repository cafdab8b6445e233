"""Addresses of the open interface, the same in every language."""

from django.urls import path

from dorfplatz.api.views import geo

app_name = "api"
urlpatterns = [
    path("map.geojson", geo.map_geojson, name="map_geojson"),
    path("areas.geojson", geo.areas_geojson, name="areas_geojson"),
]
