"""Who may give roles, and which."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if, refused
from dorfplatz.members.enums import GIVEN_BY_ADMINS, MAKE_CARDS, MANAGE_ROLES
from dorfplatz.members.models import Identity
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area, AreaLink

NOT_YOURS = _("Only the municipality’s admins may give and end roles.")


def can_manage_roles(actor: Actor, area: Area) -> Verdict:
    return allowed_if(bool(area.path) and actor.holds(MANAGE_ROLES, str(area.path)), str(NOT_YOURS))


def can_give_role(actor: Actor, role: str, area: Area) -> Verdict:
    """Whether the actor may give and end this role in that area. The operator's is given at the machine only."""
    if actor.is_system:
        return ALLOWED
    if role not in GIVEN_BY_ADMINS:
        return refused(str(_("This role is given by the operator at the machine.")))
    return can_manage_roles(actor, area)


def can_make_cards(actor: Actor, area: Area) -> Verdict:
    """Cards are made for a village, by its connectors and the municipality's admins."""
    may = area.kind == AreaKind.VILLAGE and bool(area.path) and actor.holds(MAKE_CARDS, str(area.path))
    return allowed_if(may, str(_("Cards are made by the village’s connectors.")))


def can_move_to(actor: Actor, home: Area) -> Verdict:
    """Within one's own municipality, and to the neighbours it names; elsewhere one joins with a card first."""
    known = [*actor.member_paths, *(grant.area_path for grant in actor.grants)]
    near = Q()
    for path in known:
        near = Q(near, area__path__startswith=path, _connector=Q.OR)
    may = actor.is_system or any(str(home.path).startswith(path) for path in known)
    return allowed_if(
        may or bool(known and AreaLink.objects.filter(near, neighbour=home).exists()),
        str(_("You come to this village with a card that a neighbour there gives you.")),
    )


def can_change_identity(actor: Actor, identity: Identity) -> Verdict:
    is_own = actor.is_member and actor.identity_id == identity.pk
    return allowed_if(actor.is_system or is_own, str(_("Everybody changes their own page only.")))
