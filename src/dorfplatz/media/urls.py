"""Addresses of pictures, the same in every language."""

from django.urls import path, register_converter

from dorfplatz.media import views
from dorfplatz.media.converters import CopyName

register_converter(CopyName, "copy_name")

app_name = "media"

urlpatterns = [
    path("<copy_name:name>", views.file, name="file"),
]
