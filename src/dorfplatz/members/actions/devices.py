"""Devices: written down at logging in, signed out, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import allowed_if
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.devices import Seen
from dorfplatz.members.models import Device, Identity, Login
from dorfplatz.members.policies import can_change_identity

NETWORK_KEPT = timedelta(days=7)
DEVICE_KEPT = timedelta(days=180)


@dataclass(frozen=True)
class NewDevice:
    """What the mail about a new device needs: the square's name, and the page of one's devices, by language."""

    square: Callable[[str], str]
    link: Callable[[str], str]


@transaction.atomic
def note_device(login: Login, *, seen: Seen, session_key: str, warning: NewDevice, by: Actor, now: datetime) -> Device:
    """Somebody has logged in with this browser. In a new one, who was here before is told by mail."""
    del by  # whoever has just logged in
    values = {"name": seen.name, "network": seen.network, "session_key": session_key, "seen_on": now.date()}
    others = Device.objects.filter(login=login)
    was_here = others.exists()
    device, is_new = Device.objects.update_or_create(
        login=login, key_hash=seen.key_hash, defaults=values, create_defaults={**values, "since": now}
    )
    if is_new and was_here:
        _warn(device, login, warning, now)
    return device


def _warn(device: Device, login: Login, warning: NewDevice, now: datetime) -> None:
    identity = Identity.objects.get(login=login)
    with override(identity.language):
        at = date_format(localtime(now), "DATETIME_FORMAT")
        name = device.name or _("a browser that does not say its name")
    post_mail(
        key=f"device:{device.pk}",
        to=login.email,
        template="mail/members/device",
        context={"name": identity.name, "device": name, "at": at, "square": warning.square(identity.language),
                 "link": warning.link(identity.language)},
        language=identity.language,
        now=now,
    )  # fmt: skip


@transaction.atomic
def touch_device(device_id: int, *, seen: Seen, session_key: str, by: Actor, now: datetime) -> None:
    """It was used today, and its session may have another key since. Nothing for the journal: no more is known."""
    del by
    values = {"network": seen.network, "session_key": session_key, "seen_on": now.date()}
    Device.objects.filter(pk=device_id).update(**values)


@transaction.atomic
def sign_out_device(identity: Identity, *, device_id: int, by: Actor, now: datetime) -> bool:
    """End the session on one device at once; whether there was one."""
    can_change_identity(by, identity).require()
    device = Device.objects.filter(pk=device_id, login__identity=identity).exclude(session_key="").first()
    if device is None:
        return False
    Session.objects.filter(session_key=device.session_key).delete()
    Device.objects.filter(pk=device.pk).update(session_key="")
    record_act("login.signed_out_device", by=by, now=now, thing=f"login:{device.login_id}")
    return True


@transaction.atomic
def forget_devices(*, by: Actor, now: datetime) -> int:
    """Networks go a week after they were seen, devices half a year after; how many of these."""
    allowed_if(by.is_system, str(_("Everybody changes their own page only."))).require()
    Device.objects.filter(seen_on__lt=(now - NETWORK_KEPT).date()).exclude(network="").update(network="")
    gone: int = Device.objects.filter(seen_on__lt=(now - DEVICE_KEPT).date()).delete()[0]
    return gone
