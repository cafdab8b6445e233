"""Addresses of comments, below what they are about."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.comments import views

app_name = "comments"
urlpatterns = [
    path(_("comments/<str:code>/"), views.write, name="write"),
    path(_("comments/<str:code>/<int:comment_id>/edit/"), views.edit, name="edit"),
    path(_("comments/<str:code>/<int:comment_id>/remove/"), views.remove, name="remove"),
    path(_("comments/<str:code>/<int:comment_id>/hide/"), views.hide, name="hide"),
    path(_("comments/<str:code>/<int:comment_id>/in/<str:language>/improve/"), views.improve, name="improve"),
]
