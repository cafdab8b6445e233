"""Addresses of posts; the page of a single one is the spine's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.square.views import feed, keep, write

app_name = "square"
urlpatterns = [
    path(_("posts/"), feed.feed, name="feed"),
    path(_("posts/write/"), write.choose, name="choose"),
    path(_("posts/write/<slug:sort>/"), write.write, name="write"),
    path(_("posts/mine/"), keep.mine, name="mine"),
    path(_("post/<str:code>/edit/"), write.edit, name="edit"),
    path(_("post/<str:code>/history/"), keep.history, name="history"),
    path(_("post/<str:code>/history/again/"), keep.say_again, name="say_again"),
    path(_("post/<str:code>/remove/"), keep.remove, name="remove"),
    path(_("post/<str:code>/restore/"), keep.restore, name="restore"),
    path(_("post/<str:code>/settled/"), keep.settle, name="settle"),
]
