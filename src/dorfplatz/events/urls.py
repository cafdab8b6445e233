"""Addresses of the calendar; the pages of single events are the spine's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.events.views import calendar, dates, write

app_name = "events"
urlpatterns = [
    path(_("calendar/"), calendar.calendar, name="calendar"),
    path(_("calendar/add/"), write.add, name="add"),
    path(_("calendar/<str:code>/edit/"), write.edit, name="edit"),
    path(_("calendar/<str:code>/again/"), write.copy, name="copy"),
    path(_("calendar/<str:code>/dates/"), dates.dates, name="dates"),
    path(_("calendar/<str:code>/dates/<str:on>/"), dates.single_date, name="single_date"),
    path(_("calendar/<str:code>/coming/"), dates.come, name="come"),
]
