"""The search page."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.search import views

app_name = "search"
urlpatterns = [
    path(_("search/"), views.page, name="page"),
    path(_("search/suggestions/"), views.suggest, name="suggest"),
]
