"""Addresses of embeds: those that others have written into their pages stay as they are."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.embeds import views

app_name = "embeds"
urlpatterns = [
    path(_("for-your-website/"), views.make, name="make"),
    path("embed/<slug:what>/", views.frame, name="frame"),
    path("embed/<slug:what>/fragment/", views.fragment, name="fragment"),
    path("embed/colours/<slug:look>.css", views.colours, name="colours"),
]
