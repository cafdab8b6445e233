"""Who somebody is (identity), how they get in (login), and what they may do where (role grants)."""

from dorfplatz.members.models.attempts import AttemptCount
from dorfplatz.members.models.blocks import Block
from dorfplatz.members.models.devices import Device
from dorfplatz.members.models.identities import Identity
from dorfplatz.members.models.joining import Card, CardBatch, Consent, Joining
from dorfplatz.members.models.leaving import Leaving, Look
from dorfplatz.members.models.logins import Login
from dorfplatz.members.models.mandates import Mandate
from dorfplatz.members.models.profiles import Portrait, ProfileLine
from dorfplatz.members.models.providers import OtherLogin
from dorfplatz.members.models.roles import BundleChange, Invitation, RoleGrant
from dorfplatz.members.models.trust import HomeBesides, JoiningRule, Vouch

__all__ = [
    "AttemptCount",
    "Block",
    "BundleChange",
    "Card",
    "CardBatch",
    "Consent",
    "Device",
    "HomeBesides",
    "Identity",
    "Invitation",
    "Joining",
    "JoiningRule",
    "Leaving",
    "Login",
    "Look",
    "Mandate",
    "OtherLogin",
    "Portrait",
    "ProfileLine",
    "RoleGrant",
    "Vouch",
]
