"""Addresses of gifts and conversations."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.gifts.views import conversations, nearby, own

app_name = "gifts"
urlpatterns = [
    path(_("gifts/"), nearby.nearby, name="nearby"),
    path(_("gifts/mine/"), own.own, name="own"),
    path(_("gifts/mine/take-back/"), own.take_all_back, name="take_all_back"),
    path(_("gifts/<int:pk>/"), own.edit, name="edit"),
    path(_("gifts/<int:pk>/take-back/"), own.take_back, name="take_back"),
    path(_("conversations/"), conversations.conversations, name="conversations"),
    path(_("conversations/new/"), conversations.record, name="record"),
    path(_("conversations/<int:pk>/"), conversations.conversation, name="conversation"),
    path(_("conversations/<int:pk>/withdraw/"), conversations.withdraw, name="withdraw"),
]
