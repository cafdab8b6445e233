"""A form writes once, however often it is sent: double taps, the back button, two tabs, a lost answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from dorfplatz.entries.actions import note_sent_form
from dorfplatz.entries.form_keys import form_key_of
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import sent_before
from dorfplatz.kernel.actor import Actor


def written_once(form_key: str, write: Callable[[], Entry], *, by: Actor, now: datetime) -> tuple[Entry, bool]:
    """What this form has written: by `write` now, or before; and whether it was now.

    `write` runs in the same transaction as the note of it. Of two at one moment the
    second is undone and gets the first's.
    """
    key = form_key_of(form_key, by)
    known = sent_before(key, by)
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            entry = write()
            note_sent_form(entry, form_key=form_key, by=by, now=now)
    except IntegrityError:
        known = sent_before(key, by)
        if known is None:
            raise
        return known, False
    return entry, True
