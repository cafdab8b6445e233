"""Whose page it is."""

from __future__ import annotations

from django.http import Http404

from dorfplatz.members.models import Identity, Login
from dorfplatz.members.queries import own_identity
from dorfplatz.villages.request import SquareRequest


def own(request: SquareRequest) -> tuple[Identity, Login]:
    """The viewer's own person and login."""
    identity = own_identity(request.viewer)
    if identity is None or identity.login is None or request.municipality is None:
        raise Http404
    return identity, identity.login
