"""The page that tells people of the open data, in every language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.api.views import page

app_name = "opendata"
urlpatterns = [path(_("open-data/"), page.open_data, name="page")]
