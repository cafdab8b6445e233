"""Pictures of people, for those who may see them."""

from __future__ import annotations

from collections.abc import Collection

from dorfplatz.kernel.actor import Actor
from dorfplatz.media.models import Picture
from dorfplatz.members.enums import SEE_MEMBERS, SeenBy
from dorfplatz.members.models import Identity, Portrait, RoleGrant
from dorfplatz.members.queries.circles import CLOSE, is_within

# What a list of people is to be read with, so that their pictures ask for nothing more.
WITH_PORTRAIT = ("home_area", "portrait__picture", "joining")


def portrait_for(identity: Identity, viewer: Actor) -> Picture | None:
    """The picture beside somebody's name, if this viewer may see it. No query, where read with WITH_PORTRAIT.

    Beside a name it is the home village that says who is near; on her own page her further homes count as well.
    """
    portrait: Portrait | None = getattr(identity, "portrait", None)
    if portrait is None or not portrait.picture.is_ready:
        return None
    nearness = _nearness(identity, viewer)
    if identity.is_page_hidden and nearness not in CLOSE:
        return None
    return portrait.picture if nearness and is_within(nearness, SeenBy(portrait.seen_by)) else None


def portrait_among_members(identity: Identity, viewer: Actor) -> Picture | None:
    """The same, but for visitors none: their pages are kept, and would show it after it was taken away."""
    return portrait_for(identity, viewer) if viewer.is_member else None


def _nearness(identity: Identity, viewer: Actor) -> SeenBy | None:
    home = identity.home_area
    if identity.pk == viewer.identity_id:
        return SeenBy.ME
    if home and viewer.holds(SEE_MEMBERS, str(home.path)):
        return SeenBy.CONNECTORS
    if identity.is_blocked or identity.pk in viewer.apart_from:
        return None
    if home is None or not (viewer.belongs_to(str(home.path)) or _is_home_of(viewer, identity)):
        return SeenBy.PUBLIC
    return SeenBy.VILLAGES if _is_home_of(viewer, identity) else SeenBy.MEMBERS


def _is_home_of(viewer: Actor, identity: Identity) -> bool:
    return viewer.is_known and viewer.home_area_id is not None and identity.home_area_id == viewer.home_area_id


def own_portrait(viewer: Actor) -> Portrait | None:
    """The viewer's own picture, also one that is not ready yet."""
    found = Portrait.objects.filter(identity=viewer.identity_id or 0)
    return found.select_related("picture", "identity__joining").first()


def people_on(picture_ids: Collection[int]) -> set[int]:
    """Who has chosen these pictures to stand for her."""
    return set(Portrait.objects.filter(picture__in=list(picture_ids)).values_list("identity_id", flat=True))


def areas_of_portraits(picture_ids: Collection[int]) -> set[int]:
    """The areas whose pages may show these pictures to visitors: where those on them have a role."""
    shown = Portrait.objects.filter(picture__in=list(picture_ids)).values("identity_id")
    return set(RoleGrant.objects.filter(identity_id__in=shown).values_list("area_id", flat=True).distinct())
