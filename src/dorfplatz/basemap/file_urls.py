"""The address of the tiles, the same in every language."""

from django.urls import path

from dorfplatz.basemap import views

app_name = "basemap_files"
urlpatterns = [path("base-map/<slug:name>.pmtiles", views.tiles, name="tiles")]
