"""Addresses of calendars for other programs, without a language."""

from django.urls import path

from dorfplatz.events.views import feed

app_name = "calendars"
urlpatterns = [
    path("calendar.ics", feed.all_dates, name="all"),
    path("calendar/<str:code>.ics", feed.one_event, name="one"),
]
