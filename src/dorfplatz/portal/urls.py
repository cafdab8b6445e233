"""Home pages: the municipality's, and each village's under its own name."""

from django.urls import path

from dorfplatz.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.municipality, name="municipality"),
    path("<slug:slug>/", views.village, name="village"),
]
