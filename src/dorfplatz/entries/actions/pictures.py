"""Pictures of entries of any kind, and those chosen in a form before there is an entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dorfplatz.entries.form_keys import form_key_of
from dorfplatz.entries.models import Entry, EntryPicture
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import change_picture_words, erase_picture
from dorfplatz.media.models import Picture

MOST_PICTURES = 12
CHOSEN_KEPT = timedelta(days=2)


def require_room(present: int) -> None:
    if present >= MOST_PICTURES:
        raise Problem(_("There are %(most)d pictures already. Take one away first.") % {"most": MOST_PICTURES})


@transaction.atomic
def choose_picture(picture: Picture, *, form_key: str, by: Actor, now: datetime) -> EntryPicture:
    """Keep a picture for the entry that this form is about to write."""
    key = form_key_of(form_key, by)
    present = EntryPicture.objects.filter(form_key=key).count()
    require_room(present)
    return EntryPicture.objects.create(picture=picture, form_key=key, position=present, added_at=now)


@transaction.atomic
def hang_chosen(entry: Entry, *, form_key: str, by: Actor, now: datetime) -> int:
    """Hang what was chosen in this form on its entry, after what hangs there; returns how many.

    Whether the actor may change the entry is the kind's question, asked before.
    """
    Entry.objects.select_for_update().get(pk=entry.pk)
    chosen = list(EntryPicture.objects.filter(form_key=form_key_of(form_key, by)).order_by("position", "pk"))
    last = entry.pictures.aggregate(last=Max("position"))["last"]
    present = entry.pictures.count()
    for number, row in enumerate(chosen, start=0 if last is None else last + 1):
        require_room(present)
        present += 1
        row.entry, row.form_key, row.position = entry, "", number
        row.save(update_fields=["entry", "form_key", "position"])
    if chosen:
        record_act(
            "entry.pictures_added",
            by=by,
            now=now,
            thing=f"entry:{entry.pk}",
            details={"pictures": [row.picture_id for row in chosen]},
        )
    return len(chosen)


@transaction.atomic
def take_chosen(*, form_key: str, by: Actor, now: datetime) -> list[Picture]:
    """What was chosen in this form, in its order, for something that is no entry and keeps it from now on."""
    del now  # nothing is written of it here
    chosen = EntryPicture.objects.filter(form_key=form_key_of(form_key, by)).select_related("picture")
    rows = list(chosen.order_by("position", "pk"))
    for row in rows:
        row.delete()
    return [row.picture for row in rows]


@transaction.atomic
def take_picture_away(row: EntryPicture, *, by: Actor, now: datetime) -> None:
    """Take a picture off its entry, or out of its form, and erase it. Whether one may is asked before."""
    if row.entry_id is not None:
        record_act("entry.picture_removed", by=by, now=now, thing=f"entry:{row.entry_id}")
    erase_picture(row.picture, by=by, now=now)


@transaction.atomic
def describe_pictures(rows: Mapping[EntryPicture, str], *, language: str, by: Actor, now: datetime) -> None:
    """Say what is to be seen on these, in this language. Whether one may is asked before."""
    for row, words in rows.items():
        if row.picture.alt.get(language, "") != words and words:
            alt = {code: text for code, text in row.picture.alt.items() if code != "und"} | {language: words}
            change_picture_words(row.picture, alt=alt, credit=row.picture.credit, by=by, now=now)


@transaction.atomic
def arrange_pictures(entry: Entry, *, order: list[int], by: Actor, now: datetime) -> None:
    """Show the pictures with these numbers of rows in this order. Whether one may is asked before."""
    rows = {row.pk: row for row in entry.pictures.all()}
    wanted = [rows[pk] for pk in order if pk in rows]
    if [row.position for row in wanted] == sorted({row.position for row in wanted}):
        return
    for number, row in enumerate(wanted):
        row.position = number
    EntryPicture.objects.bulk_update(wanted, ["position"])
    record_act("entry.pictures_arranged", by=by, now=now, thing=f"entry:{entry.pk}")


@transaction.atomic
def forget_chosen(*, by: Actor, now: datetime) -> int:
    """Erase the pictures of forms that were never sent; returns how many."""
    old = EntryPicture.objects.filter(entry=None, added_at__lt=now - CHOSEN_KEPT).select_related("picture")
    rows = list(old[:500])
    for row in rows:
        erase_picture(row.picture, by=by, now=now)
    return len(rows)
