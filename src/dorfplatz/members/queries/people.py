"""Who somebody is, who acts, and who may run a municipality."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode

from dorfplatz.kernel.actor import VISITOR, Actor, Grant
from dorfplatz.media.models import Picture
from dorfplatz.members.card_code import hash_of, read_code
from dorfplatz.members.enums import MAKE_CARDS, MANAGE_ROLES, Role
from dorfplatz.members.models import (
    Card,
    CardBatch,
    Consent,
    Identity,
    Invitation,
    Joining,
    Login,
    RoleGrant,
)
from dorfplatz.members.queries.portraits import WITH_PORTRAIT, portrait_for
from dorfplatz.members.queries.ties import people_apart_from, ties_of
from dorfplatz.members.sockets import capabilities_of, errands
from dorfplatz.villages.enums import AreaKind, LegalKind
from dorfplatz.villages.legal import Wording
from dorfplatz.villages.models import Area, AreaLink, Municipality
from dorfplatz.villages.queries import Site, latest_legal_wordings


@dataclass(frozen=True)
class Face:
    """A person as a village page shows her: somebody to talk to."""

    identity_id: int
    name: str
    introduction: dict[str, str]
    area: Area
    picture: Picture | None = None


def actor_of_login(login: AbstractBaseUser | AnonymousUser) -> Actor:
    """The actor behind a login, read afresh: what was ended or blocked has no effect any more. Three queries."""
    if not login.is_authenticated or not login.is_active:
        return VISITOR
    found = Identity.objects.select_related("home_area__parent__municipality", "joining")
    identity = found.filter(login_id=login.pk, is_blocked=False).first()
    return actor_of_identity(identity) if identity else VISITOR


def actor_of_session(login: AbstractBaseUser | AnonymousUser) -> Actor:
    """The actor behind the login of a session, who was read with it a moment ago (MemberBackend). Two queries."""
    identity: Identity | None = getattr(login, "identity", None) if login.is_active else None
    return actor_of_identity(identity) if identity and not identity.is_blocked else VISITOR


def actor_of_identity(identity: Identity) -> Actor:
    ties, bundles = ties_of(identity.pk)
    grants = [tie for tie in ties if tie[0]]
    offices = {_municipality_path(path, kind) for role, path, kind in ties if role == Role.OFFICER}
    paths = tuple(sorted(_member_paths(identity.home_area, ties) - offices))
    return Actor(
        identity_id=identity.pk,
        grants=tuple(
            Grant(role, path, capabilities_of(role, bundles[role, _municipality_path(path, kind)]))
            for role, path, kind in grants
        ),
        member_paths=paths if identity.is_known else (),
        newcomer_paths=() if identity.is_known else paths,
        office_paths=tuple(sorted(offices)),
        home_area_id=identity.home_area_id,
        language=identity.language,
        is_known=identity.is_known,
        is_minor=is_minor(identity),
        apart_from=people_apart_from(identity.pk),
        curbs=identity.curbs_at(timezone.now()),
    )


def is_minor(identity: Identity) -> bool:
    """Whether this person joined as somebody under 16."""
    joining: Joining | None = getattr(identity, "joining", None)
    return joining is not None and joining.is_minor


def _member_paths(home: Area | None, ties: list[tuple[str, str, str]]) -> set[str]:
    """The municipalities of which somebody is a member: by home village, by further homes and by roles.

    Who lives in a neighbouring village outside the installation belongs to the municipalities that name it as their
    neighbour. Where somebody is an officer she is a guest: what is meant for neighbours she reads when they say so.
    """
    paths = {_municipality_path(path, kind) for role, path, kind in ties if role != Role.OFFICER}
    if home is not None:
        paths |= _paths_at_home(home)
    return paths


def _paths_at_home(home: Area) -> set[str]:
    municipality = getattr(home.parent, "municipality", None)
    if municipality is not None and municipality.is_served:
        return {str(home.parent.path)} if home.parent else set()
    naming_it = AreaLink.objects.filter(neighbour=home).values_list("area__path", "area__kind")
    return {_municipality_path(str(path), kind) for path, kind in naming_it}


def _municipality_path(path: str, kind: str) -> str:
    """A village lies directly in its municipality."""
    return path[: path.rstrip("/").rfind("/") + 1] if kind == AreaKind.VILLAGE else path


def connectors_of(areas: Iterable[Area], viewer: Actor) -> list[Face]:
    """The connectors of these areas, whom everybody may know: name and introduction, each once. One query.

    They agreed to that when they took the role; who sees their picture they say themselves.
    """
    grants = (
        RoleGrant.objects.filter(
            role=Role.CONNECTOR, area__in=[a.pk for a in areas], ended_at__isnull=True, identity__is_blocked=False
        )
        .select_related("area", *(f"identity__{name}" for name in WITH_PORTRAIT))
        .order_by("starts_at")
    )
    faces: dict[int, Face] = {}
    for grant in grants:
        person = grant.identity
        if person.pk not in faces:
            picture = portrait_for(person, viewer)
            introduction = {} if person.is_page_hidden else person.introduction
            faces[person.pk] = Face(person.pk, person.name, introduction, grant.area, picture)
    return list(faces.values())


def areas_of_faces(ids: Collection[int]) -> set[int]:
    """The areas in which these people have or had a role: where readers may know their faces."""
    return set(RoleGrant.objects.filter(identity_id__in=list(ids)).values_list("area_id", flat=True).distinct())


def own_identity(viewer: Actor) -> Identity | None:
    """The viewer's own person, with login and home village, and that she is about to leave if so."""
    if viewer.identity_id is None:
        return None
    found = Identity.objects.select_related("login", "home_area", "leaving").filter(
        pk=viewer.identity_id, is_blocked=False
    )
    return found.first()


def own_roles(viewer: Actor) -> QuerySet[RoleGrant]:
    """What the viewer holds where."""
    held = RoleGrant.objects.filter(identity=viewer.identity_id or 0, ended_at__isnull=True)
    return held.select_related("area").order_by("starts_at")


def own_consents(viewer: Actor, municipality: Municipality) -> QuerySet[Consent]:
    """What the viewer agreed to in the municipality and has not taken back, each with the text of that day."""
    given = Consent.objects.filter(identity=viewer.identity_id or 0, text__municipality=municipality)
    return given.filter(withdrawn_at__isnull=True).select_related("text").order_by("given_at", "pk")


def due_to_leave(*, now: datetime) -> QuerySet[Identity]:
    """Whose time has come, the longest overdue first."""
    return Identity.objects.filter(leaving__due_at__lte=now).order_by("leaving__due_at")


def quiet_since(moment: datetime) -> QuerySet[Identity]:
    """Who can log in, has not done so since that moment, and has not been asked yet whether she stays."""
    here = Identity.objects.filter(login__isnull=False, leaving__isnull=True, created_at__lt=moment)
    quiet = here.filter(Q(login__last_login__lt=moment) | Q(login__last_login__isnull=True))
    return quiet.select_related("login", "home_area").order_by("pk")


def working_admins(area: Area) -> QuerySet[RoleGrant]:
    """Grants of people who can run the municipality now: admins there or above, not blocked, able to log in."""
    above = [int(pk) for pk in str(area.path).strip("/").split("/")]
    return RoleGrant.objects.filter(
        role=Role.ADMIN,
        area_id__in=above,
        ended_at__isnull=True,
        identity__is_blocked=False,
        identity__login__is_active=True,
    )


def grants_in(area: Area, viewer: Actor) -> QuerySet[RoleGrant]:
    """Who has which role in the area or below it, for those who give roles there; for others nothing."""
    if not viewer.holds(MANAGE_ROLES, str(area.path)):
        return RoleGrant.objects.none()
    held = RoleGrant.objects.filter(area__path__startswith=str(area.path), ended_at__isnull=True)
    return held.select_related("identity__login", "area").order_by("identity__name", "identity_id", "role", "pk")


def open_invitations_in(area: Area, viewer: Actor, *, now: datetime) -> QuerySet[Invitation]:
    """Invitations that still work, for those who give roles there; for others nothing."""
    if not viewer.holds(MANAGE_ROLES, str(area.path)):
        return Invitation.objects.none()
    waiting = Invitation.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)
    waiting = waiting.filter(errand="")  # the others are between two people
    return waiting.filter(area__path__startswith=str(area.path)).select_related("area").order_by("-created_at")


def identity_of_email(email: str) -> Identity | None:
    """The person who logs in with this address. For actions of those who know the address."""
    return Identity.objects.select_related("login").filter(login__email__iexact=email.strip()).first()


def language_of_email(email: str) -> str:
    """The language of the person with this address, for a mail to it; "" when there is none."""
    person = identity_of_email(email)
    return person.language if person else ""


def code_hash(code: str) -> str:
    """What is kept of an invitation's code: it has 192 random bits, so nothing slower is needed."""
    return hashlib.sha256(code.encode()).hexdigest()


def open_invitation(code: str, *, now: datetime) -> Invitation | None:
    """The invitation this code opens, if it does still. The code is the permission."""
    return (
        Invitation.objects.select_related("area")
        .filter(code_hash=code_hash(code), used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)
        .first()
    )


def invited_to(invitation: Invitation) -> str:
    """What the invitation asks for, in the active language: a role, or what an app above says."""
    if not invitation.errand:
        return str(Role(invitation.role).label)
    kind, _colon, number = invitation.errand.partition(":")
    return errands[kind].words(int(number))


def open_card(code: str, municipality: Municipality, *, now: datetime) -> Card | None:
    """The card with this code, however it was typed, if somebody can still join with it. The code is the permission."""
    read = read_code(code)
    if not read:
        return None
    working = Card.objects.filter(left__gt=0, batch__withdrawn_at__isnull=True, batch__expires_at__gt=now)
    here = working.filter(batch__area__path__startswith=municipality.path).select_related("batch__area")
    return here.filter(code_hash=hash_of(read)).first()


def agreed_wordings(municipality: Municipality) -> list[Wording]:
    """The texts that whoever joins says yes to."""
    agreed = {LegalKind.RULES, LegalKind.PRIVACY}
    return [wording for wording in latest_legal_wordings(municipality) if wording.kind in agreed]


def villages_for_cards(site: Site, viewer: Actor) -> list[Area]:
    """The villages for which the viewer may make cards."""
    return [area for area in site.villages if viewer.holds(MAKE_CARDS, str(area.path))]


def card_batches(site: Site, viewer: Actor) -> QuerySet[CardBatch]:
    """Batches of the viewer's villages, newest first, each with `card_count` and how many may still join, `left`."""
    mine = CardBatch.objects.filter(area__in=[area.pk for area in villages_for_cards(site, viewer)])
    counted = mine.annotate(card_count=Count("cards"), left=Sum("cards__left"))
    return counted.annotate(joined=F("card_count") * F("uses") - F("left")).select_related("area").order_by("-pk")


def login_of_token(uid: str, token: str) -> Login | None:
    """The login a mailed link to set a password belongs to, if it works still. The token is the permission."""
    try:
        pk = int(urlsafe_base64_decode(uid).decode("ascii"))
    except (ValueError, UnicodeDecodeError, OverflowError):
        return None
    if not 0 < pk < 2**63:
        return None
    login = Login.objects.filter(pk=pk, is_active=True, identity__is_blocked=False).first()
    return login if login and default_token_generator.check_token(login, token) else None
