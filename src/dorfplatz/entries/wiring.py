"""What the spine plugs into lower floors."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import erase_entries, remove_entry, undo_removal
from dorfplatz.entries.enums import HIDE, PUBLISH, SEE_HIDDEN, State
from dorfplatz.entries.facts import EntriesErased, EntriesPublished, EntryChanged
from dorfplatz.entries.models import Entry
from dorfplatz.entries.own_entries import plug_own_entries
from dorfplatz.entries.own_translations import plug_own_translations
from dorfplatz.entries.picture_form import Row
from dorfplatz.entries.queries import (
    areas_of_authors,
    areas_of_entries,
    areas_of_pictures,
    moments_of_entries,
    names_around,
    pictures_of,
)
from dorfplatz.entries.sockets import gates, names
from dorfplatz.entries.translating import TASK, WORDS_TASK, await_texts, let_texts_go
from dorfplatz.entries.visible import visible_ids
from dorfplatz.entries.words_line import words_line
from dorfplatz.jobs.queue import enqueue
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.journal.actions import touch_things
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.languages.facts import LocalWordsChanged
from dorfplatz.media.actions import erase_picture
from dorfplatz.members.enums import Role
from dorfplatz.members.facts import MandateHandedOver
from dorfplatz.members.sockets import offer_capability, seen_entries
from dorfplatz.ui.sockets import slots, style_parts
from dorfplatz.villages.sockets import Whereabouts, moments, whereabouts


def _remove_again(thing: str, _details: Mapping[str, Any]) -> None:
    for entry in Entry.objects.filter(pk=thing.partition(":")[2]):
        remove_entry(entry, by=system("restore"), now=timezone.now())


def _restore_again(thing: str, _details: Mapping[str, Any]) -> None:
    """A removal that was undone after the backup is undone again after it is done again."""
    for entry in Entry.objects.filter(pk=thing.partition(":")[2], state=State.REMOVED, removal__isnull=False):
        undo_removal(entry, by=system("restore"), now=timezone.now())


def _erase_again(thing: str, _details: Mapping[str, Any]) -> None:
    erase_entries([int(thing.partition(":")[2])], by=system("restore"), now=timezone.now())


def _looked_after_anew(fact: MandateHandedOver) -> None:
    """Pages say who looks after what somebody without internet has set out."""
    hers = Entry.objects.filter(author=fact.identity_id).order_by("pk").values_list("pk", flat=True)
    touch_things([f"entry:{pk}" for pk in hers])


def _of_a_newcomer(entry: Any, by: Actor) -> str:
    del entry  # whatever it is
    return "" if by.is_known or by.is_system else str(_("Neighbours do not know yet who wrote this."))


def _erase_pictures(fact: EntriesErased) -> None:
    for rows in pictures_of(fact.entry_ids).values():
        for row in rows:
            erase_picture(row.picture, by=system("retention"), now=timezone.now())


def _style_part(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    wrong = Row(2, str(_("The file is empty.")), str(_("A fire in front of the inn.")))
    pictures = {"present": (), "rows": [Row(1), wrong]}
    return render_to_string("entries/style.html", {"pictures": pictures}, request=request)


seen_entries.plug("entries", lambda ids, viewer: visible_ids(ids, viewer, now=timezone.now()))
plug_own_entries()
subscribe(MandateHandedOver, _looked_after_anew)
subscribe(EntriesErased, _erase_pictures)
style_parts.plug("entries", _style_part)
plug_own_translations()
erasures.plug("entry.removed", _remove_again)
erasures.plug("entry.erased", _erase_again)
erasures.plug("entry.restored", _restore_again)
periodic.plug("entries.removed", Periodic("dorfplatz.entries.tasks.erase_removed", every=timedelta(days=1)))
periodic.plug("entries.due", Periodic("dorfplatz.entries.tasks.publish_due", every=timedelta(minutes=5)))
periodic.plug("entries.chosen", Periodic("dorfplatz.entries.tasks.forget_chosen", every=timedelta(days=1)))
offer_capability(
    SEE_HIDDEN,
    _("see what waits for a look or is hidden"),
    Role.CONNECTOR,
    Role.MODERATOR,
    Role.ADMIN,
    always=[Role.ADMIN],
)
offer_capability(PUBLISH, _("publish at once"), Role.EDITOR, Role.CONNECTOR, Role.MODERATOR, Role.OFFICER, Role.ADMIN)
offer_capability(HIDE, _("hide and remove"), Role.CONNECTOR, Role.MODERATOR, Role.ADMIN, always=[Role.ADMIN])
gates.plug("newcomers", _of_a_newcomer)
whereabouts.plug("entries", Whereabouts("entry", areas_of_entries))
whereabouts.plug("entries.authors", Whereabouts("identity", areas_of_authors))
whereabouts.plug("entries.awaited", Whereabouts("awaited", None))
whereabouts.plug("entries.pictures", Whereabouts("picture", areas_of_pictures))
moments.plug("entries", moments_of_entries)


def _await(fact: EntriesPublished | EntryChanged) -> None:
    await_texts(fact.entry_ids if isinstance(fact, EntriesPublished) else [fact.entry_id])


def _let_go(fact: EntriesErased) -> None:
    let_texts_go(fact.entry_ids)


def _await_words(fact: LocalWordsChanged) -> None:
    enqueue(WORDS_TASK, municipality_id=fact.municipality_id, words=list(fact.words))


subscribe(LocalWordsChanged, _await_words)
subscribe(EntriesPublished, _await)
subscribe(EntryChanged, _await)
subscribe(EntriesErased, _let_go)
for _name, _task in (("entries.translate", TASK), ("entries.missing", "dorfplatz.entries.tasks.await_missing")):
    periodic.plug(_name, Periodic(_task, every=timedelta(minutes=10 if _task == TASK else 60)))
names.plug("villages", names_around)
slots.plug("entry:body", "words", words_line, rank=10)
