"""Addresses of single entries, below the language prefix."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries import views

app_name = "entries"
urlpatterns = [
    path("e/<str:code>/", views.entry_page, name="entry_without_words"),
    path("e/<str:code>/<slug:words>/", views.entry_page, name="entry"),
    path(_("e/<str:code>/in/<str:language>/"), views.in_language, name="in_language"),
    path(_("e/<str:code>/in/<str:language>/improve/"), views.improve, name="improve"),
    path(_("e/<str:code>/in/<str:language>/ask/"), views.ask, name="ask"),
]
