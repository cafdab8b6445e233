"""Addresses of one's own page, and of other members' pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.members import views

urlpatterns = [
    path(_("my-page/"), views.me, name="me"),
    path(_("my-page/my-data/"), views.own_data, name="own_data"),
    path(_("my-page/leave/"), views.leave, name="leave"),
    path(_("my-page/stay/"), views.stay, name="stay"),
    path(_("my-page/profile/"), views.profile, name="profile"),
    path(_("neighbours/"), views.neighbours, name="neighbours"),
    path(_("my-page/known/"), views.known, name="known"),
    path(_("my-page/words/<int:pk>/withdraw/"), views.withdraw_vouch, name="withdraw_vouch"),
    path(_("my-page/villages/"), views.homes, name="homes"),
    path(_("member/<str:code>/word/"), views.vouch, name="vouch"),
    path(_("my-page/blocked/"), views.blocked, name="blocked"),
    path(_("my-page/blocked/<int:pk>/end/"), views.unblock, name="unblock"),
    path(_("member/<str:code>/"), views.member, name="member"),
    path(_("member/<str:code>/is-16/"), views.of_age, name="of_age"),
    path(_("member/<str:code>/block/"), views.block, name="block"),
    path(_("how-long/"), views.kept, name="kept"),
    path(_("my-page/password/"), views.password, name="password"),
    path(_("my-page/log-out-everywhere/"), views.everywhere, name="everywhere"),
    path(_("my-page/second-step/"), views.factors, name="factors"),
    path(_("my-page/provider/"), views.link_provider, name="link_provider"),
    path(_("my-page/provider/unlink/"), views.unlink_provider, name="unlink_provider"),
    path(_("my-page/devices/"), views.devices, name="devices"),
    path(_("my-page/devices/<int:pk>/log-out/"), views.sign_out, name="sign_out"),
    path(_("my-page/second-step/passkey/"), views.add_passkey, name="add_passkey"),
    path(_("my-page/second-step/app/"), views.set_up, name="set_up_app"),
    path(_("my-page/second-step/spare-codes/"), views.spare_codes, name="spare_codes"),
    path(_("my-page/second-step/<int:pk>/remove/"), views.remove, name="remove_factor"),
]
