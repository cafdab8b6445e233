"""What members and the floors below have about a person, as the person gets it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import Actor
from dorfplatz.mail.actions import erase_mails_to
from dorfplatz.mail.models import Mail
from dorfplatz.members.enums import LookedAt, Role, WayIn, WhyLeaving
from dorfplatz.members.factors import WORDS
from dorfplatz.members.models import (
    Block,
    Consent,
    Device,
    Identity,
    Invitation,
    Joining,
    Leaving,
    Login,
    Look,
    OtherLogin,
    RoleGrant,
)
from dorfplatz.members.own_pictures import let_go_pictures, picture_files, pictures
from dorfplatz.members.sockets import Part, Row, personal_data
from dorfplatz.villages.enums import LegalKind


def _email(identity_id: int) -> str:
    found = Identity.objects.filter(pk=identity_id, login__isnull=False).values_list("login__email", flat=True)
    return found.first() or ""


def _person(identity_id: int) -> Iterable[Row]:
    columns = {"email": "login__email", "home": "home_area__name", "last_login": "login__last_login"}
    own = (
        "name", "language", "introduction", "is_blocked", "is_known", "code", "is_page_hidden",
        "no_writing_until", "no_letters_until", "created_at",
    )  # fmt: skip
    for row in Identity.objects.filter(pk=identity_id).values(*own, *columns.values()):
        yield {key: row[columns.get(key, key)] for key in PERSON.fields}


def _roles(identity_id: int) -> Iterable[Row]:
    held = RoleGrant.objects.filter(identity=identity_id).order_by("starts_at")
    for role, area, starts_at, ended_at in held.values_list("role", "area__name", "starts_at", "ended_at"):
        yield {"role": role, "area": area, "starts_at": starts_at, "ended_at": ended_at}


def _joining(identity_id: int) -> Iterable[Row]:
    return Joining.objects.filter(identity=identity_id).values("joined_at", "way", "is_minor", "guardian")


def _consents(identity_id: int) -> Iterable[Row]:
    for consent in Consent.objects.filter(identity=identity_id).select_related("text").order_by("given_at", "pk"):
        yield {
            "text": consent.text.kind,
            "version": consent.text.version,
            "language": consent.language,
            "given_at": consent.given_at,
            "withdrawn_at": consent.withdrawn_at,
        }


def _invitations_of(identity_id: int) -> QuerySet[Invitation]:
    """By the address of her login, in any spelling of case, in one question."""
    hers = Login.objects.filter(identity=identity_id).values_list(Lower("email"))
    return Invitation.objects.alias(lower=Lower("email")).filter(lower__in=hers)


def _invitations(identity_id: int) -> Iterable[Row]:
    sent = _invitations_of(identity_id).order_by("created_at")
    columns = ("email", "role", "area__name", "created_at", "used_at")
    return (dict(zip(INVITATION, row, strict=True)) for row in sent.values_list(*columns))


def _forget_invitations(identity_id: int, _by: Actor, _now: datetime) -> None:
    _invitations_of(identity_id).delete()


def _looks_at(identity_id: int) -> QuerySet[Look]:
    return Look.objects.filter(identity=identity_id)


def _looks(identity_id: int) -> Iterable[Row]:
    for on, name, page in _looks_at(identity_id).order_by("-on").values_list("on", "by__name", "page"):
        yield {"on": on, "by": name, "page": page}


def _blocks_of(identity_id: int) -> QuerySet[Block]:
    return Block.objects.filter(who=identity_id)


def _blocks(identity_id: int) -> Iterable[Row]:
    mine = _blocks_of(identity_id).order_by("since")
    return ({"whom": name, "since": since} for name, since in mine.values_list("whom__name", "since"))


def _forget_blocks(identity_id: int, _by: Actor, _now: datetime) -> None:
    """A block of somebody who had no e-mail address would find nobody any more. Others hold should she come back."""
    Block.objects.filter(whom=identity_id, mail_hash="").delete()


def _factors_of(identity_id: int) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user__identity=identity_id)
    return found


def _factors(identity_id: int) -> Iterable[Row]:
    for row in _factors_of(identity_id).order_by("created_at"):
        name = row.data.get("name", "") if row.type == Authenticator.Type.WEBAUTHN else ""
        yield {"type": row.type, "name": name, "created_at": row.created_at, "last_used_at": row.last_used_at}


def _devices_of(identity_id: int) -> QuerySet[Device]:
    return Device.objects.filter(login__identity=identity_id)


def _devices(identity_id: int) -> Iterable[Row]:
    mine = _devices_of(identity_id).order_by("since")
    return mine.values("name", "network", "since", "seen_on")


def _providers_of(identity_id: int) -> QuerySet[OtherLogin]:
    return OtherLogin.objects.filter(login__identity=identity_id)


def _providers(identity_id: int) -> Iterable[Row]:
    mine = _providers_of(identity_id).order_by("since")
    return mine.values("issuer", "subject", "since", "used_at")


def _leaving_of(identity_id: int) -> QuerySet[Leaving]:
    return Leaving.objects.filter(identity=identity_id)


def _leaving(identity_id: int) -> Iterable[Row]:
    return _leaving_of(identity_id).values("why", "asked_at", "due_at")


def _acts_of(identity_id: int) -> QuerySet[Act]:
    return Act.objects.filter(Q(actor_id=identity_id) | Q(thing=f"identity:{identity_id}"))


def _acts(identity_id: int) -> Iterable[Row]:
    return _acts_of(identity_id).order_by("number").values("at", "verb", "thing", "actor_id")


def _mails(identity_id: int) -> Iterable[Row]:
    sent = Mail.objects.filter(to__iexact=_email(identity_id) or "-", erased_at__isnull=True)
    return sent.order_by("posted_at").values("to", "subject", "text", "posted_at", "sent_at")


def _forget_mails(identity_id: int, by: Actor, now: datetime) -> None:
    email = _email(identity_id)
    if email:
        erase_mails_to(email, by=by, now=now)


INVITATION = {
    "email": _("E-mail address"), "role": _("Role"), "area": _("Where"), "created_at": _("Sent"),
    "used_at": _("Taken up"),
}  # fmt: skip
PERSON = Part(
    _("You yourself"),
    {
        "name": _("Name"), "email": _("E-mail address"), "home": _("Home village"), "language": _("Language"),
        "introduction": _("What you say of yourself"), "created_at": _("Here since"),
        "last_login": _("Last logged in"), "is_blocked": _("Blocked"),
        "is_known": _("Known to neighbours"), "is_page_hidden": _("Your page is hidden"),
        "code": _("In the address of your page"),
        "no_writing_until": _("May write nothing until"), "no_letters_until": _("May write no letters until"),
    },
    _person,
    words={"language": dict(settings.LANGUAGES)},
)  # fmt: skip


def plug_parts() -> None:
    """In the order in which the person reads them."""
    personal_data.plug("person", PERSON, rank=10)
    personal_data.plug("joining", Part(
        _("How you joined"),
        {"joined_at": _("Joined"), "way": _("How"), "is_minor": _("Under 16"), "guardian": _("Who said yes for you")},
        _joining, words={"way": dict(WayIn.choices)},
    ), rank=20)  # fmt: skip
    personal_data.plug("roles", Part(
        _("Roles"), {"role": _("Role"), "area": _("Where"), "starts_at": _("Since"), "ended_at": _("Ended")}, _roles,
        words={"role": dict(Role.choices)},
    ), rank=30)  # fmt: skip
    personal_data.plug("consents", Part(
        _("What you agreed to"),
        {"text": _("Text"), "version": _("Version"), "language": _("Language"), "given_at": _("Agreed on"),
         "withdrawn_at": _("Taken back")},
        _consents, words={"text": dict(LegalKind.choices), "language": dict(settings.LANGUAGES)},
    ), rank=40)  # fmt: skip
    personal_data.plug("invitations", Part(
        _("Invitations sent to you"), INVITATION, _invitations, _forget_invitations, words={"role": dict(Role.choices)},
        there=_invitations_of,
    ), rank=50)  # fmt: skip
    personal_data.plug("factors", Part(
        _("Second steps of logging in"),
        {"type": _("What"), "name": _("Name"), "created_at": _("Set up"), "last_used_at": _("Last used")},
        _factors, words={"type": WORDS}, there=_factors_of,
    ), rank=60)  # fmt: skip
    personal_data.plug("browsers", Part(
        _("On which devices you log in"),
        {"name": _("Device"), "network": _("Network"), "since": _("Since"), "seen_on": _("Last used")}, _devices,
        there=_devices_of,
    ), rank=61)  # fmt: skip
    personal_data.plug("providers", Part(
        _("Other providers through which you log in"),
        {"issuer": _("Provider"), "subject": _("As what it knows you"), "since": _("Since"), "used_at": _("Last used")},
        _providers, there=_providers_of,
    ), rank=62)  # fmt: skip
    personal_data.plug("pictures", Part(
        _("Pictures you uploaded"),
        {"alt": _("Description"), "credit": _("By whom"), "uploaded_at": _("Uploaded"), "file": _("File")},
        pictures, let_go_pictures,
        stays=_("Pictures stay where they hang. Those whose words name you go with you."), files=picture_files,
    ), rank=80)  # fmt: skip
    personal_data.plug("mails", Part(
        _("Mails to you, of the last week"),
        {"to": _("E-mail address"), "subject": _("Subject"), "text": _("Text"), "posted_at": _("Written"),
         "sent_at": _("Sent")},
        _mails, _forget_mails,
    ), rank=90)  # fmt: skip
    personal_data.plug("blocks", Part(
        _("Whom you have blocked"), {"whom": _("Who"), "since": _("Since")}, _blocks, _forget_blocks,
        there=_blocks_of,
    ), rank=94)  # fmt: skip
    personal_data.plug("looks", Part(
        _("Who has looked"), {"on": _("Day"), "by": _("Who"), "page": _("What")}, _looks,
        words={"page": dict(LookedAt.choices)}, there=_looks_at,
    ), rank=95)  # fmt: skip
    personal_data.plug("leaving", Part(
        _("That you are about to leave"),
        {"why": _("Why"), "asked_at": _("Since"), "due_at": _("Everything is erased on")}, _leaving,
        words={"why": dict(WhyLeaving.choices)}, there=_leaving_of,
    ), rank=96)  # fmt: skip
    personal_data.plug("acts", Part(
        _("What you did here, and what was changed about you"),
        {"at": _("When"), "verb": _("What"), "thing": _("With what"), "actor_id": _("Who")}, _acts,
        stays=_("The journal keeps numbers only, no names: who you were cannot be read from it any more."),
        is_raw=True, there=_acts_of,
    ), rank=99)  # fmt: skip
