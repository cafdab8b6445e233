"""Addresses of wishes; the page of a single one is the spine's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.wishes.views import answer, board, charts, maps, themes, write

app_name = "wishes"
urlpatterns = [
    path(_("wishes/"), board.board_page, name="list"),
    path(_("wishes/new/"), write.new, name="new"),
    path(_("wishes/mine/"), board.mine, name="mine"),
    path(_("wishes/map/"), maps.both_maps, name="map"),
    path(_("wishes/map/points/"), maps.points, name="points"),
    path(_("wishes/themes/"), themes.themes, name="themes"),
    path(_("wishes/themes/<int:theme_id>/"), themes.theme, name="theme"),
    path(_("wishes/themes/<int:theme_id>/remove/"), themes.theme_remove, name="theme_remove"),
    path(_("wishes/flip-chart/"), charts.new_chart, name="new_chart"),
    path(_("wishes/flip-chart/<int:chart_id>/"), charts.chart, name="chart"),
    path(_("wish/<str:code>/edit/"), write.edit, name="edit"),
    path(_("wish/<str:code>/remove/"), write.remove, name="remove"),
    path(_("wish/<str:code>/me-too/"), answer.me_too, name="me_too"),
    path(_("wish/<str:code>/answer/"), answer.answer, name="answer"),
    path(_("wish/<str:code>/theme/"), answer.sort, name="sort"),
]
