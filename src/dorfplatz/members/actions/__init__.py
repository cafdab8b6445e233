"""Writes about people, by subject."""

from dorfplatz.members.actions.cards import Newcomer, join_with_card, make_cards, withdraw_cards
from dorfplatz.members.actions.invitations import (
    Letter,
    accept_invitation,
    create_invitation,
    take_up_invitation,
    withdraw_invitation,
)
from dorfplatz.members.actions.leaving import (
    Farewell,
    ask_to_leave,
    call_inactive,
    erase_identity,
    forget_traces,
    forgive_returned,
    note_looks,
    take_out,
    withdraw_leaving,
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
    "Farewell",
    "Letter",
    "Newcomer",
    "accept_invitation",
    "ask_to_leave",
    "call_inactive",
    "change_identity",
    "change_password",
    "create_identity",
    "create_invitation",
    "end_grant",
    "erase_identity",
    "forget_traces",
    "forgive_returned",
    "grant_role",
    "join_with_card",
    "make_cards",
    "note_looks",
    "send_reset_link",
    "set_new_password",
    "sign_out_everywhere",
    "take_out",
    "take_up_invitation",
    "withdraw_cards",
    "withdraw_invitation",
    "withdraw_leaving",
]
