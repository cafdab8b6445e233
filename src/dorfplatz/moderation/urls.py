"""Addresses of moderation."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.moderation import views

app_name = "moderation"
urlpatterns = [
    path(_("report/<slug:sort>/<str:key>/"), views.report, name="report"),
    path(_("reported/<str:slip>/"), views.status, name="status"),
    path(_("decision/<str:slip>/"), views.reasons, name="reasons"),
    path(_("moderation/"), views.moderation, name="queue"),
    path(_("moderation/<int:pk>/"), views.case, name="case"),
    path(_("moderation/<int:pk>/all/<slug:which>/"), views.crowd, name="crowd"),
    path(_("moderation/second/<int:pk>/"), views.second, name="second"),
    path(_("moderation/appeal/<int:pk>/"), views.appeal, name="appeal"),
    path(_("settings/moderation/"), views.settings, name="settings"),
    path(_("settings/moderation/<int:pk>/remove/"), views.rule_remove, name="rule_remove"),
    path(_("transparency/"), views.transparency, name="transparency"),
    path(_("transparency.csv"), views.transparency_csv, name="transparency_csv"),
]
