"""Addresses of the settings about languages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.languages import views

app_name = "languages"
urlpatterns = [
    path(_("settings/languages/"), views.settings, name="settings"),
    path(_("settings/languages/add/"), views.add, name="add"),
    path(_("settings/languages/outside/"), views.outside, name="outside"),
    path(_("settings/languages/<int:pk>/"), views.edit, name="edit"),
    path(_("settings/languages/<int:pk>/remove/"), views.remove, name="remove"),
]
