"""What somebody says of herself, and who may read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.enums import UNDER_16, ProfileField, SeenBy
from dorfplatz.members.models import Identity, ProfileLine
from dorfplatz.members.policies import can_change_identity
from dorfplatz.members.queries import is_minor

LONGEST_LINE = 600


@transaction.atomic
def change_profile(
    identity: Identity, *, said: Mapping[ProfileField, tuple[str, SeenBy]], by: Actor, now: datetime
) -> list[str]:
    """Have exactly these lines on one's page; returns the fields that are different now.

    An empty line is none, but for the name and the list of neighbours, where it only says who reads it. Somebody under
    16 shows nothing beyond her villages and stands on no list: Problem.
    """
    can_change_identity(by, identity).require()
    Identity.objects.select_for_update().get(pk=identity.pk)
    wanted = {field: (value.strip(), seen_by) for field, (value, seen_by) in said.items()}
    if any(len(value) > LONGEST_LINE for value, _seen_by in wanted.values()):
        raise Problem(_("Please write at most %(longest)d letters in one field.") % {"longest": LONGEST_LINE})
    if is_minor(identity) and any(seen_by not in UNDER_16 for _value, seen_by in wanted.values()):
        raise Problem(_("Under 16 your page is for your villages at most."))
    if is_minor(identity) and wanted.get(ProfileField.LISTED, ("", SeenBy.ME))[1] != SeenBy.ME:
        raise Problem(_("Under 16 one stands on no list."))
    wanted = {field: line for field, line in wanted.items() if line[0] or field in ProfileField.without_words()}
    present = {line.field: line for line in ProfileLine.objects.filter(identity=identity)}
    changed = [
        str(field)
        for field in ProfileField
        if wanted.get(field) != ((present[field].value, present[field].seen_by) if field in present else None)
    ]
    if not changed:
        return []
    ProfileLine.objects.filter(identity=identity, field__in=changed).delete()
    ProfileLine.objects.bulk_create(
        ProfileLine(identity=identity, field=field, value=wanted[field][0], seen_by=wanted[field][1])
        for field in wanted
        if field in changed
    )
    details = {"fields": changed}
    record_act("identity.changed", by=by, now=now, thing=f"identity:{identity.pk}", details=details)
    return changed
