"""A role handed over to a successor: given and ended in one step, and both are told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.actions.roles import end_grant, grant_role
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity, RoleGrant


@transaction.atomic
def hand_over_role(
    grant: RoleGrant, *, successor: Identity, square: str, link: str, by: Actor, now: datetime
) -> RoleGrant:
    """Give the role to a successor and end it for whoever held it; a municipality is never without admin in between.

    Both are written to: `square` is its name, `link` where one logs in. Raises Problem for a role that has ended, and
    as `grant_role` and `end_grant`.
    """
    if successor.pk == grant.identity_id:
        raise Problem(_("Please name somebody else: this is who holds the role now."))
    given = grant_role(successor, role=Role(grant.role), area=grant.area, by=by, now=now)
    if not end_grant(grant, by=by, now=now):
        raise Problem(_("This role has ended already."))
    for person, other, template in ((successor, grant.identity, "handed_to"), (grant.identity, successor, "handed_on")):
        if person.login is not None:
            context = {
                "name": person.name, "other": other.name, "square": square, "link": link,
                "role": Role(grant.role).label, "area": in_language(grant.area.name, person.language),
            }  # fmt: skip
            post_mail(
                key=f"{template}:{given.pk}:{now.isoformat()}", to=person.login.email,
                template=f"mail/members/{template}", context=context, language=person.language, by=by, now=now,
            )  # fmt: skip
    return given
