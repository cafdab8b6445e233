"""Writes about people, by subject."""

from dorfplatz.members.actions.cards import Newcomer, join_with_card, make_cards, withdraw_cards
from dorfplatz.members.actions.invitations import (
    Letter,
    accept_invitation,
    create_invitation,
    take_up_invitation,
    withdraw_invitation,
)
from dorfplatz.members.actions.passwords import (
    change_password,
    send_reset_link,
    set_new_password,
    sign_out_everywhere,
)
from dorfplatz.members.actions.people import change_identity, create_identity
from dorfplatz.members.actions.roles import end_grant, grant_role

__all__ = [
    "Letter",
    "Newcomer",
    "accept_invitation",
    "change_identity",
    "change_password",
    "create_identity",
    "create_invitation",
    "end_grant",
    "grant_role",
    "join_with_card",
    "make_cards",
    "send_reset_link",
    "set_new_password",
    "sign_out_everywhere",
    "take_up_invitation",
    "withdraw_cards",
    "withdraw_invitation",
]
