"""What members and the floors below have about a person, as the person gets it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import Actor
from dorfplatz.mail.actions import erase_mails_to
from dorfplatz.mail.models import Mail
from dorfplatz.media.actions import erase_picture
from dorfplatz.media.models import Picture
from dorfplatz.media.queries import open_copy
from dorfplatz.members.enums import LookedAt, Role, WhyLeaving
from dorfplatz.members.models import Consent, Identity, Invitation, Joining, Leaving, Look, RoleGrant
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import File, Part, Row, personal_data
from dorfplatz.villages.enums import LegalKind


def _email(identity_id: int) -> str:
    found = Identity.objects.filter(pk=identity_id, login__isnull=False).values_list("login__email", flat=True)
    return found.first() or ""


def _person(identity_id: int) -> Iterable[Row]:
    columns = {"email": "login__email", "home": "home_area__name", "last_login": "login__last_login"}
    own = ("name", "language", "introduction", "is_blocked", "created_at")
    for row in Identity.objects.filter(pk=identity_id).values(*own, *columns.values()):
        yield {key: row[columns.get(key, key)] for key in PERSON.fields}


def _roles(identity_id: int) -> Iterable[Row]:
    held = RoleGrant.objects.filter(identity=identity_id).order_by("starts_at")
    for role, area, starts_at, ended_at in held.values_list("role", "area__name", "starts_at", "ended_at"):
        yield {"role": role, "area": area, "starts_at": starts_at, "ended_at": ended_at}


def _joining(identity_id: int) -> Iterable[Row]:
    return Joining.objects.filter(identity=identity_id).values("joined_at", "is_minor", "guardian")


def _consents(identity_id: int) -> Iterable[Row]:
    for consent in Consent.objects.filter(identity=identity_id).select_related("text").order_by("given_at", "pk"):
        yield {
            "text": consent.text.kind,
            "version": consent.text.version,
            "language": consent.language,
            "given_at": consent.given_at,
            "withdrawn_at": consent.withdrawn_at,
        }


def _invitations(identity_id: int) -> Iterable[Row]:
    sent = Invitation.objects.filter(email__iexact=_email(identity_id) or "-").order_by("created_at")
    columns = ("email", "role", "area__name", "created_at", "used_at")
    return (dict(zip(INVITATION, row, strict=True)) for row in sent.values_list(*columns))


def _forget_invitations(identity_id: int, _by: Actor, _now: datetime) -> None:
    Invitation.objects.filter(email__iexact=_email(identity_id) or "-").delete()


def _looks(identity_id: int) -> Iterable[Row]:
    for on, name, page in (
        Look.objects.filter(identity=identity_id).order_by("-on").values_list("on", "by__name", "page")
    ):
        yield {"on": on, "by": name, "page": page}


def _leaving(identity_id: int) -> Iterable[Row]:
    return Leaving.objects.filter(identity=identity_id).values("why", "asked_at", "due_at")


def _acts(identity_id: int) -> Iterable[Row]:
    about = Act.objects.filter(Q(actor_id=identity_id) | Q(thing=f"identity:{identity_id}"))
    return about.order_by("number").values("at", "verb", "thing", "actor_id")


def _mails(identity_id: int) -> Iterable[Row]:
    sent = Mail.objects.filter(to__iexact=_email(identity_id) or "-", erased_at__isnull=True)
    return sent.order_by("posted_at").values("to", "subject", "text", "posted_at", "sent_at")


def _forget_mails(identity_id: int, by: Actor, now: datetime) -> None:
    email = _email(identity_id)
    if email:
        erase_mails_to(email, by=by, now=now)


def _pictures(identity_id: int) -> Iterable[Row]:
    for picture in Picture.objects.filter(uploader_id=identity_id).order_by("pk"):
        file = _largest(picture)
        yield {"alt": picture.alt, "credit": picture.credit, "uploaded_at": picture.uploaded_at, "file": file}


def _largest(picture: Picture) -> str:
    """The name of the largest copy that every program can show."""
    copies = [copy for copy in picture.renditions if copy["format"] in ("jpeg", "jpg")] or list(picture.renditions)
    return max(copies, key=lambda copy: copy["width"])["name"] if copies else ""


def _picture_files(identity_id: int) -> Iterable[File]:
    names = [_largest(picture) for picture in Picture.objects.filter(uploader_id=identity_id).order_by("pk")]
    return [(name, partial(_bytes_of, name)) for name in names if name]


def _bytes_of(name: str) -> bytes:
    copy = open_copy(name)
    if copy is None:
        return b""
    with copy:
        return copy.read()


def _let_go_pictures(identity_id: int, by: Actor, now: datetime) -> None:
    """Pictures stay where they hang, without who brought them; those whose words name the person go."""
    is_named = naming(identity_id)
    for picture in Picture.objects.filter(uploader_id=identity_id):
        if is_named(picture.credit, *picture.alt.values()):
            erase_picture(picture, by=by, now=now)
    Picture.objects.filter(uploader_id=identity_id).update(uploader_id=None)


INVITATION = {
    "email": _("E-mail address"), "role": _("Role"), "area": _("Where"), "created_at": _("Sent"),
    "used_at": _("Taken up"),
}  # fmt: skip
PERSON = Part(
    _("You"),
    {
        "name": _("Name"), "email": _("E-mail address"), "home": _("Home village"), "language": _("Language"),
        "introduction": _("What you say of yourself"), "created_at": _("Here since"),
        "last_login": _("Last logged in"), "is_blocked": _("Blocked"),
    },
    _person,
    words={"language": dict(settings.LANGUAGES)},
)  # fmt: skip


def plug_parts() -> None:
    """In the order in which the person reads them."""
    personal_data.plug("person", PERSON, rank=10)
    personal_data.plug("joining", Part(
        _("How you joined"),
        {"joined_at": _("Joined"), "is_minor": _("Under 16"), "guardian": _("Who said yes for you")}, _joining,
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
    ), rank=50)  # fmt: skip
    personal_data.plug("pictures", Part(
        _("Pictures you uploaded"),
        {"alt": _("Description"), "credit": _("By whom"), "uploaded_at": _("Uploaded"), "file": _("File")},
        _pictures, _let_go_pictures,
        stays=_("Pictures stay where they hang. Those whose words name you go with you."), files=_picture_files,
    ), rank=80)  # fmt: skip
    personal_data.plug("mails", Part(
        _("Mails to you, of the last week"),
        {"to": _("E-mail address"), "subject": _("Subject"), "text": _("Text"), "posted_at": _("Written"),
         "sent_at": _("Sent")},
        _mails, _forget_mails,
    ), rank=90)  # fmt: skip
    personal_data.plug("looks", Part(
        _("Who has looked"), {"on": _("Day"), "by": _("Who"), "page": _("What")}, _looks,
        words={"page": dict(LookedAt.choices)},
    ), rank=95)  # fmt: skip
    personal_data.plug("leaving", Part(
        _("That you are about to leave"),
        {"why": _("Why"), "asked_at": _("Since"), "due_at": _("Everything is erased on")}, _leaving,
        words={"why": dict(WhyLeaving.choices)},
    ), rank=96)  # fmt: skip
    personal_data.plug("acts", Part(
        _("What you did here, and what was changed about you"),
        {"at": _("When"), "verb": _("What"), "thing": _("With what"), "actor_id": _("Who")}, _acts,
        stays=_("The journal keeps numbers only, no names: who you were cannot be read from it any more."),
        is_raw=True,
    ), rank=99)  # fmt: skip
