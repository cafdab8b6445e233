"""Addresses of members: the way in and out, one's own page, roles."""

from django.urls import include, path

app_name = "members"
urlpatterns = [
    path("", include("dorfplatz.members.door_urls")),
    path("", include("dorfplatz.members.own_urls")),
    path("", include("dorfplatz.members.role_urls")),
]
