"""Addresses of introductions."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.matching.views import connectors, people

app_name = "matching"
urlpatterns = [
    path(_("introductions/"), connectors.introductions, name="introductions"),
    path(_("introductions/suggestion/"), connectors.suggestion, name="suggestion"),
    path(_("introductions/mine/"), people.mine, name="mine"),
    path(_("introductions/mine/<int:pk>/"), people.answer, name="answer"),
    path(_("introductions/by-mail/<str:token>/"), people.by_mail, name="by_mail"),
    path(_("introductions/<int:pk>/"), connectors.steer, name="steer"),
]
