"""From an upload to clean copies, and away again."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act, touch_things
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media import quarantine, store
from dorfplatz.media.enums import PictureState, Refusal
from dorfplatz.media.facts import PictureErased, PictureMadeReady, PictureTurnedDown
from dorfplatz.media.models import Picture, Rendition, new_token
from dorfplatz.media.policies import can_add_picture, can_erase_picture
from dorfplatz.media.workshop import FileRefused, look_at, make_copies

PIXELS = 50_000_000
LONGEST_ALT = 500
LONGEST_CREDIT = 200
LEFT_BEHIND = timedelta(days=1)
# A picture takes seconds. A dozen of them must not hold up a mail for which somebody waits at a login page.
BEHIND_QUICK = -5


def accept_upload(
    file: File[bytes], *, alt: str | Mapping[str, str], credit: str = "", by: Actor, now: datetime
) -> Picture:
    """Take a file into quarantine and have clean copies made of it; the picture waits until they are.

    `alt` says what is to be seen, by language or in any. Raises Problem with one sentence for the person when the
    file is no picture we take. The file's name and declared type are ignored. Call it outside a transaction: the
    file is written and looked at (0.1 s) before anything is decided.
    """
    can_add_picture(by).require()
    words = {"und": alt} if isinstance(alt, str) else dict(alt)
    if any(len(text) > LONGEST_ALT for text in words.values()) or len(credit) > LONGEST_CREDIT:
        raise Problem(_("Please shorten the description of the picture."))
    token = new_token()
    try:
        sha256 = quarantine.put(token, file.chunks())
    except FileRefused as refused:
        raise Problem(str(refused.refusal.label)) from refused
    try:
        _require_picture(quarantine.path_of(token))
        return _kept(
            Picture(token=token, sha256=sha256, alt=words, credit=credit, uploader_id=by.identity_id, uploaded_at=now),
            by=by,
            now=now,
        )
    except BaseException:
        quarantine.discard(token)
        raise


def _require_picture(path: Path) -> None:
    try:
        seen = look_at(path)
    except FileRefused as refused:
        raise Problem(str(refused.refusal.label)) from refused
    if seen.width * seen.height > PIXELS:
        raise Problem(str(Refusal.TOO_MANY_PIXELS.label))


@transaction.atomic
def _kept(picture: Picture, *, by: Actor, now: datetime) -> Picture:
    picture.save()
    record_act("accept_upload", by=by, now=now, thing=f"picture:{picture.pk}", details={"sha256": picture.sha256})
    enqueue(
        "dorfplatz.media.tasks.prepare_picture",
        key=f"picture:{picture.pk}",
        priority=BEHIND_QUICK,
        picture_id=picture.pk,
    )
    return picture


def prepare_picture(picture_id: int, *, by: Actor, now: datetime) -> None:
    """Make the copies of a waiting picture. Does nothing for any other, so it may be called again after a crash."""
    picture = Picture.objects.filter(pk=picture_id, state=PictureState.WAITING).first()
    if picture is None:
        return
    source = quarantine.path_of(picture.token)
    with tempfile.TemporaryDirectory(dir=quarantine.folder(), prefix=quarantine.WORK) as work:
        try:
            if not source.exists():
                raise FileRefused(Refusal.DAMAGED)
            renditions = _stored_copies(picture.token, source, Path(work))
        except FileRefused as refused:
            _finish(picture_id, [], refused.refusal, by=by, now=now)
        else:
            if not _finish(picture_id, renditions, "", by=by, now=now):
                store.discard(rendition["name"] for rendition in renditions)
    source.unlink(missing_ok=True)


def _stored_copies(token: str, source: Path, work: Path) -> list[Rendition]:
    renditions: list[Rendition] = []
    for copy in make_copies(source, work):
        name = f"{token}-{copy.file}"
        size = (work / copy.file).stat().st_size
        store.put(name, work / copy.file)
        renditions.append(Rendition(name=name, format=copy.format, width=copy.width, height=copy.height, size=size))
    return renditions


@transaction.atomic
def _finish(picture_id: int, renditions: list[Rendition], refusal: str, *, by: Actor, now: datetime) -> bool:
    """Whether the picture still waited for its copies; somebody may have erased it meanwhile."""
    picture = Picture.objects.select_for_update().filter(pk=picture_id, state=PictureState.WAITING).first()
    if picture is None:
        return False
    picture.renditions = renditions
    picture.refusal = refusal
    picture.state = PictureState.REFUSED if refusal else PictureState.READY
    largest = max(renditions, key=lambda rendition: rendition["width"], default=None)
    if largest:
        picture.width, picture.height = largest["width"], largest["height"]
    picture.save()
    thing = f"picture:{picture_id}"
    if refusal:
        record_act("turn_down_picture", by=by, now=now, thing=thing, details={"refusal": refusal})
        announce(PictureTurnedDown(picture_id, refusal, now))
    else:
        record_act("prepare_picture", by=by, now=now, thing=thing)
        announce(PictureMadeReady(picture_id, now))
    return True


@transaction.atomic
def change_picture_words(picture: Picture, *, alt: Mapping[str, str], credit: str, by: Actor, now: datetime) -> Picture:
    """Say anew what is to be seen and whose picture it is."""
    can_add_picture(by).require()
    if any(len(text) > LONGEST_ALT for text in alt.values()) or len(credit) > LONGEST_CREDIT:
        raise Problem(_("Please shorten the description of the picture."))
    picture.alt, picture.credit = dict(alt), credit
    picture.save(update_fields=["alt", "credit"])
    record_act("change_picture_words", by=by, now=now, thing=f"picture:{picture.pk}", details={"fields": [*alt]})
    return picture


@transaction.atomic
def erase_picture(picture: Picture, *, by: Actor, now: datetime) -> None:
    """Remove a picture and, as a job, all its files. Whether `by` may is for the app to ask that shows the picture."""
    can_erase_picture(by).require()
    picture_id, token = picture.pk, picture.token
    touch_things([f"picture:{picture_id}"])  # while it is known where it shows
    picture.delete()
    record_act("erase_picture", by=by, now=now, thing=f"picture:{picture_id}")
    enqueue("dorfplatz.media.tasks.erase_files", token=token)
    announce(PictureErased(picture_id, now))


def readdress_picture(picture_id: int, *, by: Actor, now: datetime) -> None:
    """Give a picture's copies other names: fewer people may see it now, and the addresses it had lead nowhere.

    Does nothing for one that has no copies yet. May be called again.
    """
    picture = Picture.objects.filter(pk=picture_id, state=PictureState.READY).first()
    if picture is None:
        return
    before, token = picture.token, new_token()
    renditions = [
        Rendition(
            name=token + copy["name"][len(before) :], format=copy["format"], width=copy["width"],
            height=copy["height"], size=copy["size"],
        )
        for copy in picture.renditions
    ]  # fmt: skip
    for old, new in zip(picture.renditions, renditions, strict=True):
        store.copy(old["name"], new["name"])
    if not _readdressed(picture, token, renditions, by=by, now=now):
        store.discard(rendition["name"] for rendition in renditions)


@transaction.atomic
def _readdressed(picture: Picture, token: str, renditions: list[Rendition], *, by: Actor, now: datetime) -> bool:
    """Whether the picture was still there, under the name it had."""
    present = Picture.objects.filter(pk=picture.pk, token=picture.token, state=PictureState.READY)
    if not present.update(token=token, renditions=renditions):
        return False
    record_act("readdress_picture", by=by, now=now, thing=f"picture:{picture.pk}")
    enqueue("dorfplatz.media.tasks.erase_files", token=picture.token)
    return True


def erase_files(token: str) -> None:
    """Remove every file of an erased picture. May be called again."""
    quarantine.discard(token)
    store.discard(list(store.names_of(token)))


def sweep_files(*, now: datetime) -> int:
    """Remove files that no picture knows, left by crashes; returns how many."""
    swept = 0
    quarantine.discard_work(before=now - LEFT_BEHIND)
    for token, since in list(quarantine.waiting_since()):
        if now - since > LEFT_BEHIND and not Picture.objects.filter(token=token, state=PictureState.WAITING).exists():
            quarantine.discard(token)
            swept += 1
    for name in list(store.all_names()):
        if not Picture.objects.filter(token=name[:22]).exists():
            store.discard([name])
            swept += 1
    return swept
