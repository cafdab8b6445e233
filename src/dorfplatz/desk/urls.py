"""Addresses of the desk."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.desk.views import calls, desk, overview, visits

app_name = "desk"
urlpatterns = [
    path(_("desk/"), desk.desk, name="desk"),
    path(_("desk/item/"), desk.item, name="item"),
    path(_("desk/note/<int:pk>/"), desk.note_remove, name="note_remove"),
    path(_("desk/phone-list/<slug:slug>/"), calls.calls, name="calls"),
    path(_("desk/visits/<slug:slug>/"), visits.visits, name="visits"),
    path(_("desk/week/"), overview.week, name="week"),
    path(_("desk/coverage/"), overview.coverage, name="coverage"),
    path(_("desk/sheet/"), overview.sheet, name="sheet"),
    path(_("desk/hand-over/"), overview.hand_over, name="hand_over"),
]
