"""Pages of members, by subject."""

from dorfplatz.members.views.blocks import block, blocked, unblock
from dorfplatz.members.views.bundles import bundle, bundles
from dorfplatz.members.views.by_mail import ask_by_mail, joined_by_mail
from dorfplatz.members.views.cards import cards, cards_pdf, type_code, withdraw_batch
from dorfplatz.members.views.devices import devices, sign_out
from dorfplatz.members.views.entering import log_in, log_out, second_step
from dorfplatz.members.views.factors import factors, remove, set_up, spare_codes
from dorfplatz.members.views.forgotten import forgotten, new_password
from dorfplatz.members.views.joining import join
from dorfplatz.members.views.mailed_codes import by_code
from dorfplatz.members.views.mandates import act, act_no_more, end_help, hand_over_help, mandates, renew_mandate
from dorfplatz.members.views.me import everywhere, me, password
from dorfplatz.members.views.member import member, of_age
from dorfplatz.members.views.own_data import kept, leave, own_data, stay
from dorfplatz.members.views.passkeys import add as add_passkey
from dorfplatz.members.views.passkeys import show as show_passkey
from dorfplatz.members.views.profiles import members, neighbours, profile
from dorfplatz.members.views.providers import back as provider_back
from dorfplatz.members.views.providers import begin as provider
from dorfplatz.members.views.providers import link as link_provider
from dorfplatz.members.views.providers import unlink as unlink_provider
from dorfplatz.members.views.roles import end_role, roles, withdraw
from dorfplatz.members.views.trust import allow_by_mail, homes, known, newcomers, vouch, withdraw_vouch

__all__ = [
    "act",
    "act_no_more",
    "add_passkey",
    "allow_by_mail",
    "ask_by_mail",
    "block",
    "blocked",
    "bundle",
    "bundles",
    "by_code",
    "cards",
    "cards_pdf",
    "devices",
    "end_help",
    "end_role",
    "everywhere",
    "factors",
    "forgotten",
    "hand_over_help",
    "homes",
    "join",
    "joined_by_mail",
    "kept",
    "known",
    "leave",
    "link_provider",
    "log_in",
    "log_out",
    "mandates",
    "me",
    "member",
    "members",
    "neighbours",
    "new_password",
    "newcomers",
    "of_age",
    "own_data",
    "password",
    "profile",
    "provider",
    "provider_back",
    "remove",
    "renew_mandate",
    "roles",
    "second_step",
    "set_up",
    "show_passkey",
    "sign_out",
    "spare_codes",
    "stay",
    "type_code",
    "unblock",
    "unlink_provider",
    "vouch",
    "withdraw",
    "withdraw_batch",
    "withdraw_vouch",
]
