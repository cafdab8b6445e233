"""Notes on a device: where they go, and sending them without a word of what they are about."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.channels.models import Note, PushSubscription, hash_of_endpoint
from dorfplatz.channels.policies import can_change_preferences, can_tell
from dorfplatz.channels.queries import own_notes, reader_of
from dorfplatz.channels.web_push import encrypted, kept_key, read_subscriber
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.net import Egress, FetchFailed, FetchRefused, send
from dorfplatz.kernel.net.targets import read_target
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Identity

MOST_DEVICES = 10
TRIES = 20
LASTS_S = 24 * 3600
TIMEOUT_S = 10.0
LARGEST_ANSWER = 64 * 1024
GONE = (404, 410)
TAKEN = range(200, 300)


@transaction.atomic
def subscribe_device(
    identity: Identity, *, endpoint: str, p256dh: str, auth: str, by: Actor, now: datetime
) -> PushSubscription:
    """Have notes sent to a browser; the same one again renews its keys, whoever had it. Raises Problem."""
    can_change_preferences(by, identity).require()
    try:
        read_subscriber(p256dh, auth)
        is_encrypted = read_target(endpoint).scheme == "https"
    except (ValueError, FetchRefused) as error:
        raise Problem(_("This browser cannot be reached.")) from error
    if not is_encrypted or len(endpoint) > 1000:
        raise Problem(_("This browser cannot be reached."))
    row, _is_new = PushSubscription.objects.update_or_create(
        endpoint_hash=hash_of_endpoint(endpoint),
        defaults={
            "identity": identity, "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "failed_count": 0,
            "made_at": now,
        },
    )  # fmt: skip
    mine = PushSubscription.objects.filter(identity=identity).order_by("-made_at", "-pk")
    PushSubscription.objects.filter(pk__in=[old.pk for old in mine[MOST_DEVICES:]]).delete()
    record_act("device.subscribed", by=by, now=now, thing=f"preferences:{identity.pk}")
    return row


@transaction.atomic
def unsubscribe_device(identity: Identity, *, endpoint: str, by: Actor, now: datetime) -> None:
    """No notes on that browser any more."""
    can_change_preferences(by, identity).require()
    PushSubscription.objects.filter(identity=identity, endpoint_hash=hash_of_endpoint(endpoint)).delete()
    record_act("device.unsubscribed", by=by, now=now, thing=f"preferences:{identity.pk}")


def push_note(note_id: int, *, subscription_id: int, by: Actor, now: datetime, egress: Egress | None = None) -> None:
    """Tell one device that there is something new, if it is still so. Raises FetchFailed when it may work later.

    The message says in which language to say it and where the list is, never what it is about.
    """
    can_tell(by).require()
    device = PushSubscription.objects.filter(pk=subscription_id).first()
    note = Note.objects.filter(pk=note_id, read_at=None).first()
    reader = reader_of(note.identity_id) if note and device else None
    if device is None or note is None or reader is None or device.identity_id != note.identity_id:
        return
    if not own_notes(reader.actor, now=now).filter(pk=note.pk).exists():
        return
    language = reader.identity.language
    told = {"language": language, "url": f"/{language}/"}
    body = encrypted(json.dumps(told).encode(), read_subscriber(device.p256dh, device.auth))
    key = kept_key(Path(settings.HOME))
    contact = f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}"
    headers = {
        "Authorization": key.authorization(device.endpoint, contact=contact, now_s=int(now.timestamp())),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(LASTS_S),
        "Urgency": "normal",
        "Topic": "dorf-news",
    }
    try:
        answer = send(
            device.endpoint, body=body, headers=headers, timeout_s=TIMEOUT_S, max_bytes=LARGEST_ANSWER,
            egress=egress or Egress(),
        )  # fmt: skip
    except FetchRefused:
        device.delete()  # an address that we do not call was never one of a push service
        return
    _note_answer(device, answer.status)


def _note_answer(device: PushSubscription, status: int) -> None:
    if status in GONE or (status not in TAKEN and device.failed_count + 1 >= TRIES):
        device.delete()
    elif status in TAKEN:
        PushSubscription.objects.filter(pk=device.pk).update(failed_count=0)
    else:
        PushSubscription.objects.filter(pk=device.pk).update(failed_count=device.failed_count + 1)
        raise FetchFailed("The push service does not take it now.")
