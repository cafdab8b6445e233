"""Addresses of the work put off."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs import views

app_name = "jobs"

urlpatterns = [
    path(_("jobs/"), views.parked, name="parked"),
    path(_("jobs/<uuid:job_id>/release/"), views.release, name="release"),
    path(_("jobs/<uuid:job_id>/drop/"), views.drop, name="drop"),
]
