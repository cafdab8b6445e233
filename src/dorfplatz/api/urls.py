"""Addresses of the open interface, the same in every language."""

from django.urls import path

from dorfplatz.api import views

app_name = "api"
urlpatterns = [
    path("map.geojson", views.map_geojson, name="map_geojson"),
    path("areas.geojson", views.areas_geojson, name="areas_geojson"),
]
