"""Addresses for machines; they have no language."""

from django.urls import path

from dorfplatz.operations import views

app_name = "operations"
urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
]
