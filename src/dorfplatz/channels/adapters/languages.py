"""Members are told when public texts may be translated outside, and when the original of their translation changes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.actions.notes import OUTRUN, OUTSIDE
from dorfplatz.channels.adapters.comments import to_comment
from dorfplatz.channels.enums import Way
from dorfplatz.channels.sockets import Sort, sorts
from dorfplatz.entries.facts import EntryChanged
from dorfplatz.entries.models import EntryText
from dorfplatz.jobs.queue import enqueue
from dorfplatz.kernel.facts import subscribe
from dorfplatz.languages.facts import OutsideTranslationDecided

CHANGE_TASK = "dorfplatz.channels.tasks.tell_translators"
TASK = "dorfplatz.channels.tasks.tell_of_outside_translation"


def hear_of_decision(fact: OutsideTranslationDecided) -> None:
    if fact.is_allowed:
        enqueue(TASK, municipality_id=fact.municipality_id)


def hear_of_change(fact: EntryChanged) -> None:
    """What somebody has put into another language may not fit any more: she is offered to look at it."""
    if EntryText.objects.filter(entry_id=fact.entry_id, made_with="", written_by__isnull=False).exists():
        enqueue(CHANGE_TASK, entry_id=fact.entry_id)


def plug_languages() -> None:
    asks = _("What you put into another language has changed. Does your translation still fit?")
    label = _("Changes of what I translated")
    sorts.plug(OUTRUN, Sort(label, asks, "languages", Way.LIST, url=to_comment), rank=94)
    subscribe(EntryChanged, hear_of_change)
    sentence = _(
        "Your municipality now has public texts translated by a service outside. "
        "What is for members only, and letters, stay here."
    )
    label = _("What the municipality decides about translation")
    sorts.plug(OUTSIDE, Sort(label, sentence, "languages", Way.LETTER), rank=95)
    subscribe(OutsideTranslationDecided, hear_of_decision)
