"""Browsers in which somebody logs in: how they are known again, and what is said of them."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from dorfplatz.members.limits import client_address
from dorfplatz.members.models import Device

# By what stands in what a browser says of itself; the first that fits. Most name several, out of politeness.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac",
    "CrOS": "Chromebook", "Linux": "Linux",
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What a request tells of its browser. `key` is new where the browser was not known."""

    key: str
    is_known: bool
    name: str
    network: str

    @property
    def key_hash(self) -> str:
        return hash_of(self.key)


def seen_in(request: HttpRequest) -> Seen:
    key = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    is_known = len(key) == 43
    name = browser_name(request.headers.get("User-Agent", ""))
    return Seen(key if is_known else secrets.token_urlsafe(32), is_known, name, network_of(client_address(request)))


def hash_of(key: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"device:{key}".encode(), hashlib.sha256).hexdigest()


def browser_name(said: str) -> str:
    """“Firefox, Windows”, or "" when it says nothing known."""
    found = [next((name for sign, name in known.items() if sign in said), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name)


def network_of(address: str) -> str:
    """The neighbourhood of an address: enough to recognise one's own, too little to find a household."""
    try:
        parsed = ipaddress.ip_address(address.partition("/")[0])
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def is_known_to(request: HttpRequest, email: str) -> str:
    """The hash of the browser's key when somebody with this address has logged in with it before, else ""."""
    key = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if len(key) != 43:
        return ""
    found = Device.objects.filter(key_hash=hash_of(key), login__email__iexact=email.strip())
    return hash_of(key) if found.exists() else ""


def account_key(request: HttpRequest, email: str) -> str:
    """What attempts are counted under: a browser in which the account is at home counts for itself.

    So nobody who guesses elsewhere locks a neighbour out where she always logs in.
    """
    device = is_known_to(request, email)
    return f"{email}:{device}" if device else email
