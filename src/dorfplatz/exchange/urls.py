"""Addresses of ask and offer; the pages of single entries are the spine's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.exchange.views import answers, board, renew, steer, write

app_name = "exchange"
urlpatterns = [
    path(_("ask-offer/"), board.board_page, name="list"),
    path(_("ask-offer/new/"), write.new, name="new"),
    path(_("ask-offer/mine/"), board.mine, name="mine"),
    path(_("ask-offer/calls/"), board.calls, name="calls"),
    path(_("ask-offer/renew/<str:token>/"), renew.renew, name="renew"),
    path(_("ask-offer/<str:code>/edit/"), write.edit, name="edit"),
    path(_("ask-offer/<str:code>/steer/"), steer.steer, name="steer"),
    path(_("ask-offer/<str:code>/answer/"), answers.answer, name="answer"),
    path(_("ask-offer/<str:code>/answers/<int:answer_id>/"), answers.talk, name="talk"),
]
