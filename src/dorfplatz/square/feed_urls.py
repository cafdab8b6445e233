"""The feed, outside the language prefix: `lang=` says in which language it speaks."""

from django.urls import path

from dorfplatz.square.views import atom

app_name = "feeds"
urlpatterns = [path("feed.atom", atom.atom, name="atom")]
