"""Addresses of screens."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.screens.views import keeping, showing

app_name = "screens"
urlpatterns = [
    path(_("screens/"), keeping.screens, name="screens"),
    path(_("screens/new/"), keeping.new, name="new"),
    path(_("screens/<int:pk>/"), keeping.edit, name="edit"),
    path(_("screens/<int:pk>/revoke/"), keeping.revoke, name="revoke"),
    path(_("screen/<str:code>/"), showing.show, name="show"),
    path(_("screen/<str:code>/worker.js"), showing.worker, name="worker"),
    path(_("screen/<str:code>/alive/"), showing.alive, name="alive"),
]
