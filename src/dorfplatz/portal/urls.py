"""Home pages: the municipality's, and each village's under its own name."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.municipality, name="municipality"),
    path(_("settings/home-pages/"), views.settings_home, name="settings_home"),
    path("<slug:slug>/", views.village, name="village"),
]
