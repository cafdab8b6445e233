"""Who somebody is (identity), how they get in (login), and what they may do where (role grants)."""

from dorfplatz.members.models.attempts import AttemptCount
from dorfplatz.members.models.identities import Identity
from dorfplatz.members.models.joining import Card, CardBatch, Consent, Joining
from dorfplatz.members.models.leaving import Leaving, Look
from dorfplatz.members.models.logins import Login
from dorfplatz.members.models.roles import Invitation, RoleGrant

__all__ = [
    "AttemptCount",
    "Card",
    "CardBatch",
    "Consent",
    "Identity",
    "Invitation",
    "Joining",
    "Leaving",
    "Login",
    "Look",
    "RoleGrant",
]
