"""Who may see gifts and conversations, and who may change them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.policies import can_set_out
from dorfplatz.gifts.models import Conversation, Gift, homes_of, neighbours_named_by, record_paths
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if
from dorfplatz.members.enums import ProfileField, SeenBy
from dorfplatz.members.models import HomeBesides, Identity, ProfileLine
from dorfplatz.members.queries import is_minor
from dorfplatz.members.queries.circles import is_within
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area

NOT_FOR_YOU = _("This is not for you to read.")
OWN_ONLY = _("Everybody changes what is their own only.")
CONNECTORS_ONLY = _("The village’s Buurtverbinder writes conversations down.")


def can_view_conversation(actor: Actor, conversation: Conversation, *, now: datetime) -> Verdict:
    """Its village's connectors, whoever recorded it and is a connector still, and whom it is about."""
    if not actor.is_member or actor.hand_id is not None or conversation.until <= now:
        return allowed_if(False, str(NOT_FOR_YOU))
    if conversation.identity_id is not None and conversation.identity_id in actor.apart_from:
        return allowed_if(False, str(NOT_FOR_YOU))
    paths = record_paths(actor)
    near = any(str(conversation.area.path).startswith(path) for path in paths)
    recorded = bool(paths) and conversation.recorded_by_id == actor.identity_id
    return allowed_if(near or recorded or conversation.identity_id == actor.identity_id, str(NOT_FOR_YOU))


def can_view_gift(actor: Actor, gift: Gift, *, now: datetime) -> Verdict:
    """What was told is for those who may read the conversation; what is somebody's own, for whom she says."""
    if gift.conversation is not None:
        return can_view_conversation(actor, gift.conversation, now=now)
    owner = gift.owner
    if owner is None or owner.pk in actor.apart_from:
        return allowed_if(False, str(NOT_FOR_YOU))
    if owner.pk == actor.identity_id:
        return ALLOWED
    if owner.is_blocked:
        return allowed_if(False, str(NOT_FOR_YOU))
    home = str(owner.home_area.path) if owner.home_area else ""
    if home and any(home.startswith(path) for path in record_paths(actor)):
        return ALLOWED
    hidden = is_minor(owner) or not owner.is_known or owner.is_page_hidden
    circle = _circle(actor, owner, home)
    may = not hidden and is_within(circle, SeenBy(gift.seen_by)) and is_within(circle, _name_for(owner))
    return allowed_if(may, str(NOT_FOR_YOU))


def _circle(actor: Actor, owner: Identity, home: str) -> SeenBy:
    """How near two neighbours stand, of whom none looks after the other."""
    shared = set(homes_of(actor).values_list("pk", flat=True))
    besides = HomeBesides.objects.filter(identity=owner).values_list("area_id", flat=True)
    if shared & {owner.home_area_id, *besides}:
        return SeenBy.VILLAGES
    named = [neighbours_named_by(path).filter(neighbour=owner.home_area_id or 0) for path in actor.member_paths]
    near = bool(home) and any(home.startswith(path) for path in actor.member_paths)
    return SeenBy.MEMBERS if near or any(found.exists() for found in named) else SeenBy.PUBLIC


def _name_for(owner: Identity) -> SeenBy:
    line = ProfileLine.objects.filter(identity=owner, field=ProfileField.NAME).first()
    return SeenBy(line.seen_by) if line else SeenBy.MEMBERS


def can_add_gift(actor: Actor) -> Verdict:
    """Whoever may set something out where she is at home; for herself, or by the hand that acts for her."""
    if not actor.is_member:
        return allowed_if(False, str(_("Please log in first.")))
    return can_set_out(actor, [*actor.member_paths, *actor.newcomer_paths])


def can_change_gift(actor: Actor, gift: Gift, *, now: datetime) -> Verdict:
    """Its owner, or for what was told those who may change the conversation. Taking back is never curbed."""
    if gift.conversation is not None:
        return can_change_conversation(actor, gift.conversation, now=now)
    return allowed_if(actor.is_member and gift.owner_id == actor.identity_id, str(OWN_ONLY))


def can_record(actor: Actor, area: Area) -> Verdict:
    """Connectors of the village, for themselves."""
    near = any(str(area.path).startswith(path) for path in record_paths(actor))
    return allowed_if(area.kind == AreaKind.VILLAGE and near, str(CONNECTORS_ONLY))


def can_change_conversation(actor: Actor, conversation: Conversation, *, now: datetime) -> Verdict:
    """Connectors who may read it. Whom it is about takes her consent back instead."""
    may = bool(record_paths(actor)) and conversation.identity_id != actor.identity_id
    return allowed_if(may and bool(can_view_conversation(actor, conversation, now=now)), str(CONNECTORS_ONLY))


def can_withdraw_consent(actor: Actor, conversation: Conversation, *, now: datetime) -> Verdict:
    """Whom it is about, by herself; and connectors, who were told so."""
    return can_view_conversation(actor, conversation, now=now)


def can_erase_ended(actor: Actor) -> Verdict:
    """The clocks of the installation forget."""
    return allowed_if(actor.is_system, str(_("Only the machine does this.")))
