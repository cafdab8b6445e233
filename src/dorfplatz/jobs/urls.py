"""Addresses of the work put off."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs import views

app_name = "jobs"

urlpatterns = [
    path(_("settings/jobs/"), views.parked, name="parked"),
    path(_("settings/jobs/<uuid:job_id>/release/"), views.release, name="release"),
    path(_("settings/jobs/<uuid:job_id>/drop/"), views.drop, name="drop"),
]
