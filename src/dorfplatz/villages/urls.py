"""Addresses of villages: the chooser, the municipality's own pages, and its settings."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.villages import views

app_name = "villages"
urlpatterns = [
    path(_("villages/"), views.choose, name="choose"),
    path(_("page/<slug:slug>/"), views.page, name="page"),
    path(_("house-rules/"), views.legal, {"kind": "rules"}, name="rules"),
    path(_("privacy/"), views.legal, {"kind": "privacy"}, name="privacy"),
    path(_("imprint/"), views.legal, {"kind": "imprint"}, name="imprint"),
    path(_("accessibility/"), views.legal, {"kind": "accessibility"}, name="accessibility"),
    path(_("settings/"), views.overview, name="settings"),
    path(_("settings/villages/"), views.villages, name="settings_villages"),
    path(_("settings/neighbour-outside/"), views.outside, name="settings_outside"),
    path(_("settings/villages/<slug:slug>/"), views.village, name="settings_village"),
    path(_("settings/villages/<slug:slug>/picture/"), views.picture, name="settings_village_picture"),
    path(_("settings/look/"), views.municipality, name="settings_municipality"),
    path(_("settings/look/picture/"), views.picture, name="settings_picture"),
    path(_("settings/rooms/"), views.rooms, name="settings_rooms"),
    path(_("settings/pages/"), views.pages, name="settings_pages"),
    path(_("settings/legal/"), views.legal_texts, name="settings_legal"),
    path(_("settings/legal/<slug:kind>/"), views.legal_form, name="settings_legal_text"),
    path(_("settings/new-page/"), views.new_page, name="settings_page_new"),
    path(_("settings/pages/<slug:slug>/"), views.page_form, name="settings_page"),
    path(_("settings/pages/<slug:slug>/move/"), views.page_move, name="settings_page_move"),
    path(_("settings/pages/<slug:slug>/remove/"), views.page_remove, name="settings_page_remove"),
]
