"""How somebody stands on the square: what they say of themselves to all, and whether they may come in at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.enums import CURBS, Role
from dorfplatz.members.models import Identity, Portrait, RoleGrant
from dorfplatz.members.policies import can_change_identity, can_curb, can_hide_page, can_suspend
from dorfplatz.members.queries import working_admins

LONGEST_INTRODUCTION = 600


@transaction.atomic
def introduce_identity(identity: Identity, *, introduction: Mapping[str, str], by: Actor, now: datetime) -> bool:
    """A few sentences by language that a village page shows of its connector; whether that changed anything."""
    can_change_identity(by, identity).require()
    said = {code: text.strip() for code, text in introduction.items() if text.strip()}
    if any(len(text) > LONGEST_INTRODUCTION for text in said.values()):
        raise Problem(
            _("Please introduce yourself in at most %(longest)d letters.") % {"longest": LONGEST_INTRODUCTION}
        )
    locked = Identity.objects.select_for_update().get(pk=identity.pk)
    if locked.introduction == said:
        return False
    identity.introduction = locked.introduction = said
    locked.save(update_fields=["introduction"])
    record_act(
        "identity.changed", by=by, now=now, thing=f"identity:{identity.pk}", details={"fields": ["introduction"]}
    )
    return True


@transaction.atomic
def block_identity(identity: Identity, *, by: Actor, now: datetime, path: str = "/") -> bool:
    """Shut somebody out, with their next request; whether they were in. `path` is of the area it is decided for.

    Raises Problem for a municipality's last admin.
    """
    can_suspend(by, identity, path).require()
    locked = Identity.objects.select_for_update().get(pk=identity.pk)
    identity.is_blocked = True
    if locked.is_blocked:
        return False
    _require_another_admin(locked)
    locked.is_blocked = True
    locked.save(update_fields=["is_blocked"])
    record_act("identity.blocked", by=by, now=now, thing=f"identity:{identity.pk}")
    return True


def _require_another_admin(identity: Identity) -> None:
    mine = RoleGrant.objects.filter(identity=identity, role=Role.ADMIN, ended_at__isnull=True)
    for grant in mine.select_related("area"):
        if not working_admins(grant.area).exclude(identity=identity).exists():
            raise Problem(_("This is the last admin of %(name)s.") % {"name": grant.area})


@transaction.atomic
def unblock_identity(identity: Identity, *, by: Actor, now: datetime, path: str = "/") -> bool:
    """Let somebody in again; whether they were out."""
    can_suspend(by, identity, path).require()
    locked = Identity.objects.select_for_update().get(pk=identity.pk)
    identity.is_blocked = False
    if not locked.is_blocked:
        return False
    locked.is_blocked = False
    locked.save(update_fields=["is_blocked"])
    record_act("identity.unblocked", by=by, now=now, thing=f"identity:{identity.pk}")
    return True


@transaction.atomic
def hide_page(identity: Identity, *, is_hidden: bool, by: Actor, now: datetime) -> bool:
    """Have nobody read what somebody says of herself but she and who looks after her village, or show it again.

    Returns whether that changed anything. Her name stays: it stands under what she wrote. The address that her picture
    had dies.
    """
    can_hide_page(by, identity).require()
    locked = Identity.objects.select_for_update().get(pk=identity.pk)
    identity.is_page_hidden = is_hidden
    if locked.is_page_hidden == is_hidden:
        return False
    locked.is_page_hidden = is_hidden
    locked.save(update_fields=["is_page_hidden"])
    for portrait in Portrait.objects.filter(identity=identity) if is_hidden else ():
        enqueue("dorfplatz.media.tasks.readdress_picture", picture_id=portrait.picture_id)
    verb = "identity.page_hidden" if is_hidden else "identity.page_shown"
    record_act(verb, by=by, now=now, thing=f"identity:{identity.pk}")
    return True


@transaction.atomic
def curb_identity(
    identity: Identity, *, curb: str, until: datetime | None, by: Actor, now: datetime, path: str = "/"
) -> bool:
    """Take writing or letters from somebody until a moment, or give them back; whether that changed anything."""
    can_curb(by, identity, path).require()
    name = CURBS[curb]
    locked = Identity.objects.select_for_update().get(pk=identity.pk)
    setattr(identity, name, until)
    if getattr(locked, name) == until:
        return False
    setattr(locked, name, until)
    locked.save(update_fields=[name])
    record_act(
        "identity.curbed" if until else "identity.freed",
        by=by, now=now, thing=f"identity:{identity.pk}", details={"curb": curb},
    )  # fmt: skip
    return True
