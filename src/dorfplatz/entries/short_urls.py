"""The short address of an entry, printed and in QR codes; outside the language prefix."""

from django.urls import path

from dorfplatz.entries import views

app_name = "short"
urlpatterns = [path("e/<str:code>", views.short_address, name="entry")]
