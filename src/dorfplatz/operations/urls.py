"""Addresses of this app."""

from django.urls import URLPattern

app_name = "operations"
urlpatterns: list[URLPattern] = []
