"""Addresses of those with a role: members, newcomers, cards, roles."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dorfplatz.members import views

urlpatterns = [
    path(_("settings/without-internet/"), views.mandates, name="mandates"),
    path(_("settings/without-internet/<int:pk>/renew/"), views.renew_mandate, name="renew_mandate"),
    path(_("settings/without-internet/<int:pk>/act/"), views.act, name="act"),
    path(_("settings/without-internet/<int:pk>/end/"), views.end_help, name="end_help"),
    path(_("settings/without-internet/<int:pk>/hand-over/"), views.hand_over_help, name="hand_over_help"),
    path(_("act-no-more/"), views.act_no_more, name="act_no_more"),
    path(_("settings/members/"), views.members, name="members"),
    path(_("settings/newcomers/"), views.newcomers, name="newcomers"),
    path(_("settings/cards/by-mail/"), views.allow_by_mail, name="allow_by_mail"),
    path(_("settings/roles/"), views.roles, name="roles"),
    path(_("settings/roles/<int:pk>/end/"), views.end_role, name="end_role"),
    path(_("settings/what-roles-may-do/"), views.bundles, name="bundles"),
    path(_("settings/what-roles-may-do/<slug:name>/"), views.bundle, name="bundle"),
    path(_("settings/cards/"), views.cards, name="cards"),
    path(_("settings/cards/<int:pk>/pdf/"), views.cards_pdf, name="cards_pdf"),
    path(_("settings/cards/<int:pk>/withdraw/"), views.withdraw_batch, name="withdraw_cards"),
    path(_("settings/invitations/<int:pk>/withdraw/"), views.withdraw, name="withdraw"),
]
