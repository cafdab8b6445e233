"""Writes about people, by subject."""

from dorfplatz.members.actions.blocks import block_member, unblock_member
from dorfplatz.members.actions.bundles import change_bundle
from dorfplatz.members.actions.cards import Newcomer, join_with_card, make_cards, withdraw_cards
from dorfplatz.members.actions.coming_of_age import come_of_age
from dorfplatz.members.actions.decoys import note_decoy
from dorfplatz.members.actions.devices import forget_devices, note_device, sign_out_device, touch_device
from dorfplatz.members.actions.factors import (
    add_passkey,
    forget_factors,
    remove_factor,
    renew_spare_codes,
    set_up_app,
    use_code,
    use_passkey,
)
from dorfplatz.members.actions.guessing import note_guessing
from dorfplatz.members.actions.handing_over import hand_over_role
from dorfplatz.members.actions.invitations import (
    Letter,
    accept_invitation,
    create_invitation,
    invite_to_errand,
    take_up_invitation,
    withdraw_invitation,
)
from dorfplatz.members.actions.leaving import (
    Farewell,
    ask_to_leave,
    call_inactive,
    erase_identity,
    forget_sessions,
    forget_traces,
    forgive_returned,
    note_looks,
    take_out,
    withdraw_leaving,
)
from dorfplatz.members.actions.mailed_codes import StepChange, send_login_code, tell_of_second_step
from dorfplatz.members.actions.mandates import (
    Agreed,
    end_mandate,
    erase_forgotten,
    give_mandate,
    hand_over_mandate,
    take_in_person,
)
from dorfplatz.members.actions.newcomers import Doorstep, change_homes, join_by_mail, send_joining_link
from dorfplatz.members.actions.passwords import (
    change_password,
    send_reset_link,
    set_new_password,
    sign_out_everywhere,
)
from dorfplatz.members.actions.people import change_identity, create_identity
from dorfplatz.members.actions.portraits import change_portrait, show_portrait, take_portrait_away
from dorfplatz.members.actions.profiles import change_profile
from dorfplatz.members.actions.providers import enter_by_provider, link_provider, unlink_provider
from dorfplatz.members.actions.roles import end_grant, grant_role
from dorfplatz.members.actions.second_homes import settle_with_card
from dorfplatz.members.actions.trust import allow_joining_by_mail, ask_again, settle_trust, vouch_for, withdraw_word

__all__ = [
    "Agreed",
    "Doorstep",
    "Farewell",
    "Letter",
    "Newcomer",
    "StepChange",
    "accept_invitation",
    "add_passkey",
    "allow_joining_by_mail",
    "ask_again",
    "ask_to_leave",
    "block_member",
    "call_inactive",
    "change_bundle",
    "change_homes",
    "change_identity",
    "change_password",
    "change_portrait",
    "change_profile",
    "come_of_age",
    "create_identity",
    "create_invitation",
    "end_grant",
    "end_mandate",
    "enter_by_provider",
    "erase_forgotten",
    "erase_identity",
    "forget_devices",
    "forget_factors",
    "forget_sessions",
    "forget_traces",
    "forgive_returned",
    "give_mandate",
    "grant_role",
    "hand_over_mandate",
    "hand_over_role",
    "invite_to_errand",
    "join_by_mail",
    "join_with_card",
    "link_provider",
    "make_cards",
    "note_decoy",
    "note_device",
    "note_guessing",
    "note_looks",
    "remove_factor",
    "renew_spare_codes",
    "send_joining_link",
    "send_login_code",
    "send_reset_link",
    "set_new_password",
    "set_up_app",
    "settle_trust",
    "settle_with_card",
    "show_portrait",
    "sign_out_device",
    "sign_out_everywhere",
    "take_in_person",
    "take_out",
    "take_portrait_away",
    "take_up_invitation",
    "tell_of_second_step",
    "touch_device",
    "unblock_member",
    "unlink_provider",
    "use_code",
    "use_passkey",
    "vouch_for",
    "withdraw_cards",
    "withdraw_invitation",
    "withdraw_leaving",
    "withdraw_word",
]
