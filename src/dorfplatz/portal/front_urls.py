"""The bare host name, which leads to the reader's language."""

from django.urls import path

from dorfplatz.portal import views

app_name = "front"
urlpatterns = [path("", views.front, name="door")]
