"""Addresses of single entries, below the language prefix."""

from django.urls import path

from dorfplatz.entries import views

app_name = "entries"
urlpatterns = [
    path("e/<str:code>/", views.entry_page, name="entry_without_words"),
    path("e/<str:code>/<slug:words>/", views.entry_page, name="entry"),
]
