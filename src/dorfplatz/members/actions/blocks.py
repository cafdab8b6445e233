"""Wanting nothing to do with somebody, and taking that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.members.facts import IdentityCreated
from dorfplatz.members.models import Block, Identity, Login
from dorfplatz.members.models.blocks import mail_hash

MOST_BLOCKS = 500


@transaction.atomic
def block_member(identity: Identity, *, by: Actor, now: datetime) -> Block:
    """From now on neither sees the other. Whoever is blocked is not told, and comes back to the same block.

    The journal does not say who was blocked: its lines about a person are that person's to read.
    """
    allowed_if(by.is_member, _("Please log in first.")).require()
    if identity.pk == by.identity_id:
        raise Problem(_("You cannot block yourself."))
    mine = Block.objects.filter(who_id=by.identity_id)
    present = mine.filter(whom=identity).first()
    if present:
        return present
    if mine.count() >= MOST_BLOCKS:
        raise Problem(_("These are many. Please talk to your connectors: they can help."))
    email = Login.objects.filter(identity=identity).values_list("email", flat=True).first() or ""
    block = Block.objects.create(who_id=by.identity_id or 0, whom=identity, mail_hash=mail_hash(email), since=now)
    record_act("member.blocked", by=by, now=now, thing=f"block:{block.pk}")
    return block


@transaction.atomic
def unblock_member(block: Block, *, by: Actor, now: datetime) -> None:
    """Both see each other again as everybody does."""
    is_own = by.is_member and block.who_id == by.identity_id
    allowed_if(is_own, _("Everybody decides this for themselves.")).require()
    if Block.objects.filter(pk=block.pk).delete()[0]:
        record_act("member.unblocked", by=by, now=now, thing=f"block:{block.pk}")


def find_again(fact: IdentityCreated) -> None:
    """Somebody new: blocks of who had this e-mail address before hold again."""
    email = Login.objects.filter(identity=fact.identity_id).values_list("email", flat=True).first()
    if not email:
        return
    held: set[int] = set()
    for block in Block.objects.filter(whom__isnull=True, mail_hash=mail_hash(email)).order_by("pk"):
        if block.who_id in held:
            block.delete()
        else:
            held.add(block.who_id)
            Block.objects.filter(pk=block.pk).update(whom_id=fact.identity_id)
