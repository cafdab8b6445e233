"""Addresses of the launch kit."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.launch import views

app_name = "launch"
urlpatterns = [
    path(_("opening/"), views.overview, name="overview"),
    path(_("opening/what-is-wanted/"), views.measures, name="measures"),
    path(_("opening/village/<slug:slug>/"), views.kit, name="kit"),
    path(_("opening/village/<slug:slug>/do/"), views.steer, name="steer"),
]
