"""Who may give roles, and which."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if, refused
from dorfplatz.members.enums import ACT_FOR, CURB, GIVEN_BY_ADMINS, MAKE_CARDS, MANAGE_ROLES, SUSPEND, WRITE_TO_MINORS
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity, is_minor
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area, AreaLink

NOT_YOURS = _("Only the municipality’s admins may give and end roles.")


def can_manage_roles(actor: Actor, area: Area) -> Verdict:
    return allowed_if(bool(area.path) and actor.holds(MANAGE_ROLES, str(area.path)), str(NOT_YOURS))


def can_change_bundle(actor: Actor, municipality: Area) -> Verdict:
    """What the roles of a municipality may do is said by its admins, not by those of one village."""
    return ALLOWED if actor.is_system else can_manage_roles(actor, municipality)


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


def can_withdraw_cards(actor: Actor, area: Area) -> Verdict:
    """Who makes cards there, and who may keep people from writing: a code in the wrong hands cannot wait."""
    may = bool(area.path) and actor.holds(CURB, str(area.path))
    return ALLOWED if may else can_make_cards(actor, area)


def can_act_for_people(actor: Actor, home: Area) -> Verdict:
    """Connectors act for people without internet in their villages; who acts for another does not for a third."""
    may = actor.hand_id is None and home.kind == AreaKind.VILLAGE and actor.holds(ACT_FOR, str(home.path))
    return allowed_if(may, str(_("The village’s connectors act for people without internet.")))


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


def can_say_of_age(actor: Actor, identity: Identity) -> Verdict:
    """Who is trusted with those under 16 where she lives says that she is 16 now: nobody says it of herself."""
    home = identity.home_area
    may = actor.is_system or (
        actor.is_member
        and actor.hand_id is None
        and actor.identity_id != identity.pk
        and home is not None
        and actor.holds(WRITE_TO_MINORS, str(home.path))
    )
    return allowed_if(may and is_minor(identity), str(_("Your Buurtverbinder says so, who knows you.")))


def can_vouch_for(actor: Actor, newcomer: Identity) -> Verdict:
    """Whether the actor may say that she knows this person: a known neighbour of age, in the same municipality."""
    if not actor.is_member or actor.identity_id == newcomer.pk:
        return refused(str(_("Nobody gives their word for themselves.")))
    if not actor.is_known or actor.is_minor or actor.curbs or newcomer.pk in actor.apart_from:
        return refused(str(_("A neighbour gives their word who is known and of age.")))
    hers = actor_of_identity(newcomer)
    paths = (*hers.member_paths, *hers.newcomer_paths)
    return allowed_if(
        not newcomer.is_known and any(actor.belongs_to(path) for path in paths),
        str(_("This person needs nobody’s word here (any more).")),
    )


def can_write_to(actor: Actor, identity: Identity) -> Verdict:
    """Whether the actor may begin a letter to this person. Asked before the first one; who was written to may answer.

    A block, either way, is answered as if the person had left. Nobody writes to somebody under 16 but those under 16
    and those approved for her village; nor does she begin with a stranger.
    """
    if not actor.is_member or actor.identity_id == identity.pk:
        return refused(str(_("Please log in first.") if not actor.is_member else _("This is you.")))
    if identity.is_blocked or identity.pk in actor.apart_from:
        return refused(str(_("This person cannot be written to (any more).")))
    if "letters" in actor.curbs:
        return refused(str(_("For now you cannot write letters. The letter you got says why, and until when.")))
    if not actor.is_known:
        return refused(str(_("Letters can be written once neighbours know you.")))
    other = actor_of_identity(identity)
    if other.is_minor and not actor.is_minor and not _is_approved_for(actor, other):
        return refused(str(_("This person cannot be written to (any more).")))
    strange = actor.is_minor and not other.is_minor and not _is_approved_for(other, actor)
    return allowed_if(not strange, str(_("Under 16 you write to others under 16, and to your Buurtverbinder.")))


def _is_approved_for(adult: Actor, minor: Actor) -> bool:
    """Whether the municipality trusts this adult with those under 16 where the minor is a neighbour."""
    paths = Area.objects.filter(pk=minor.home_area_id or 0).values_list("path", flat=True)
    return any(adult.holds(WRITE_TO_MINORS, str(path)) for path in paths)


def can_suspend(actor: Actor, identity: Identity, path: str) -> Verdict:
    """Whether the actor may shut somebody out, or let her in again, for what she did in the area with that path."""
    may = actor.is_system or (actor.holds(SUSPEND, path) and actor.identity_id != identity.pk)
    return allowed_if(may, str(_("People are shut out by the moderation.")))


def can_curb(actor: Actor, identity: Identity, path: str) -> Verdict:
    """Whether the actor may take writing or letters from somebody for a while, or give them back."""
    may = actor.is_system or (actor.holds(CURB, path) and actor.identity_id != identity.pk)
    return allowed_if(may, str(_("Only connectors and moderators decide this, and nobody about herself.")))


def can_hide_page(actor: Actor, identity: Identity) -> Verdict:
    """Whether the actor may take off what somebody says of herself: who may keep people from writing where she is."""
    home = identity.home_area
    her = actor_of_identity(identity)
    paths = {*her.member_paths, *her.newcomer_paths, *([str(home.path)] if home else [])}
    may = actor.identity_id != identity.pk and any(actor.holds(CURB, path) for path in paths)
    only = _("Only connectors and moderators decide this, and nobody about herself.")
    return allowed_if(actor.is_system or may, str(only))
