"""The picture somebody shows of herself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import erase_picture
from dorfplatz.media.models import Picture
from dorfplatz.members.enums import UNDER_16, SeenBy
from dorfplatz.members.models import Identity, Portrait
from dorfplatz.members.policies import can_change_identity
from dorfplatz.members.queries import is_minor
from dorfplatz.members.queries.circles import is_within


@transaction.atomic
def show_portrait(identity: Identity, *, picture: Picture, seen_by: SeenBy, by: Actor, now: datetime) -> Portrait:
    """Have this picture on one's page, instead of the one that may be there: that is erased.

    Somebody under 16 shows it to her villages at most: Problem.
    """
    can_change_identity(by, identity).require()
    _require_narrow(identity, seen_by)
    Identity.objects.select_for_update().get(pk=identity.pk)
    before = Portrait.objects.filter(identity=identity).select_related("picture").first()
    if before is not None:
        erase_picture(before.picture, by=by, now=now)
    portrait = Portrait.objects.create(identity=identity, picture=picture, seen_by=seen_by, since=now)
    _note(identity, by, now)
    return portrait


@transaction.atomic
def change_portrait(portrait: Portrait, *, seen_by: SeenBy, by: Actor, now: datetime) -> Portrait:
    """Say anew who sees the picture; where these are fewer, the address it had dies.

    Somebody under 16 shows it to her villages at most: Problem.
    """
    can_change_identity(by, portrait.identity).require()
    _require_narrow(portrait.identity, seen_by)
    if portrait.seen_by != seen_by:
        if not is_within(SeenBy(portrait.seen_by), seen_by):
            enqueue("dorfplatz.media.tasks.readdress_picture", picture_id=portrait.picture_id)
        portrait.seen_by = seen_by
        portrait.save(update_fields=["seen_by"])
        _note(portrait.identity, by, now)
    return portrait


@transaction.atomic
def take_portrait_away(portrait: Portrait, *, by: Actor, now: datetime) -> None:
    """Take the picture off one's page and erase it."""
    can_change_identity(by, portrait.identity).require()
    identity = portrait.identity
    erase_picture(portrait.picture, by=by, now=now)
    _note(identity, by, now)


def _require_narrow(identity: Identity, seen_by: SeenBy) -> None:
    if is_minor(identity) and seen_by not in UNDER_16:
        raise Problem(_("Under 16 your page is for your villages at most."))


def _note(identity: Identity, by: Actor, now: datetime) -> None:
    record_act("identity.changed", by=by, now=now, thing=f"identity:{identity.pk}", details={"fields": ["portrait"]})
