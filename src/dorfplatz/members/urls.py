"""Addresses of members: the way in and out, one's own page, roles."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.members import views

app_name = "members"
urlpatterns = [
    path(_("login/"), views.log_in, name="login"),
    path(_("logout/"), views.log_out, name="logout"),
    path(_("forgotten-password/"), views.forgotten, name="forgotten"),
    path(_("new-password/<str:uid>/<str:token>/"), views.new_password, name="new_password"),
    path(_("join/"), views.type_code, name="type_code"),
    path(_("join/<str:code>/"), views.join, name="join"),
    path(_("my-page/"), views.me, name="me"),
    path(_("my-page/my-data/"), views.own_data, name="own_data"),
    path(_("my-page/leave/"), views.leave, name="leave"),
    path(_("my-page/stay/"), views.stay, name="stay"),
    path(_("how-long/"), views.kept, name="kept"),
    path(_("my-page/password/"), views.password, name="password"),
    path(_("my-page/log-out-everywhere/"), views.everywhere, name="everywhere"),
    path(_("settings/roles/"), views.roles, name="roles"),
    path(_("settings/roles/<int:pk>/end/"), views.end_role, name="end_role"),
    path(_("settings/cards/"), views.cards, name="cards"),
    path(_("settings/cards/<int:pk>/withdraw/"), views.withdraw_batch, name="withdraw_cards"),
    path(_("settings/invitations/<int:pk>/withdraw/"), views.withdraw, name="withdraw"),
]
