"""Entries that appear by themselves at a given moment, and forms that write once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions.write import publish_entries
from dorfplatz.entries.enums import State
from dorfplatz.entries.form_keys import form_key_of
from dorfplatz.entries.models import Entry, SentForm
from dorfplatz.entries.policies import NOT_THERE, area_paths, can_set_out, is_author
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.members.queries import actor_of_identity

AT_ONCE = 200


@transaction.atomic
def schedule_entry(entry: Entry, *, at: datetime | None, by: Actor, now: datetime) -> None:
    """Have a draft appear at that moment, or, with None, stay a draft. Raises Problem for a moment that is over."""
    allowed_if(by.is_system or is_author(by, entry), str(NOT_THERE)).require()
    if at is not None and at <= now:
        raise Problem(_("Please choose a moment that is still to come."))
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    if locked.state != State.DRAFT:
        raise Problem(_("Only a draft can appear later."))
    entry.publish_at = at
    entry.save(update_fields=["publish_at"])
    record_act("entry.scheduled" if at else "entry.unscheduled", by=by, now=now, thing=f"entry:{entry.pk}")


@transaction.atomic
def publish_due_entries(*, by: Actor, now: datetime) -> int:
    """Publish the drafts whose moment has come, each in its author's name and by the author's rights; how many.

    Whoever may not write any more finds it a draft again. May be called again: what is published has no moment left.
    """
    due = Entry.objects.select_for_update(of=("self",)).filter(publish_at__lte=now, state=State.DRAFT)
    found = list(due.select_related("author__home_area__parent__municipality").order_by("publish_at")[:AT_ONCE])
    for entry in found:
        author = actor_of_identity(entry.author) if entry.author else by
        if entry.author and (entry.author.is_blocked or not can_set_out(author, area_paths(entry))):
            entry.publish_at = None
            entry.save(update_fields=["publish_at"])
            record_act("entry.unscheduled", by=by, now=now, thing=f"entry:{entry.pk}")
        else:
            publish_entries([entry], by=author, now=now)
    return len(found)


@transaction.atomic
def note_sent_form(entry: Entry, *, form_key: str, by: Actor, now: datetime) -> None:
    """Remember that this form has written this entry. Sent twice at one moment, the second raises IntegrityError."""
    SentForm.objects.create(key=form_key_of(form_key, by), entry=entry, sent_at=now)
