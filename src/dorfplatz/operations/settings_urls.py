"""The page of those who look after the installation."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.operations import views

app_name = "operating"

urlpatterns = [path(_("settings/operating/"), views.state, name="state")]
