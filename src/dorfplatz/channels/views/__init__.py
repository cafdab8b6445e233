"""The web side of the channels."""

from dorfplatz.channels.views.devices import device_off, device_on
from dorfplatz.channels.views.letter import letter
from dorfplatz.channels.views.notes import all_read, notes, open_note
from dorfplatz.channels.views.offline import icon, manifest, offline, worker
from dorfplatz.channels.views.stopping import stop
from dorfplatz.channels.views.wishes import preferences, unwatch, watch

__all__ = [
    "all_read",
    "device_off",
    "device_on",
    "icon",
    "letter",
    "manifest",
    "notes",
    "offline",
    "open_note",
    "preferences",
    "stop",
    "unwatch",
    "watch",
    "worker",
]
