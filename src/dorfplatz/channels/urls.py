"""Addresses of the channels: what is new for me, what I get, and links in mails."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels import views

app_name = "channels"
urlpatterns = [
    path(_("new-for-me/"), views.notes, name="notes"),
    path(_("new-for-me/read/"), views.all_read, name="all_read"),
    path(_("new-for-me/<int:pk>/"), views.open_note, name="open_note"),
    path(_("my-page/what-i-get/"), views.preferences, name="preferences"),
    path(_("my-page/what-i-get/watch/"), views.watch, name="watch"),
    path(_("my-page/what-i-get/watch/<int:pk>/remove/"), views.unwatch, name="unwatch"),
    path(_("my-page/what-i-get/device/"), views.device_on, name="device_on"),
    path(_("my-page/what-i-get/device/off/"), views.device_off, name="device_off"),
    path(_("my-page/letter/"), views.letter, name="letter"),
    path(_("without-network/"), views.offline, name="offline"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path(_("stop/<str:token>/"), views.stop, name="stop"),
]
