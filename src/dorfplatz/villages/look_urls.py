"""Addresses of the municipality's stylesheet and outlines, the same in every language."""

from django.urls import path

from dorfplatz.villages import views

app_name = "look"
urlpatterns = [
    path("look/<int:municipality_id>/<slug:version>.css", views.look, name="accent"),
    path("look/<int:municipality_id>/outlines.geojson", views.outlines, name="outlines"),
]
