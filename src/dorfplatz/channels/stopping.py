"""Links that stop a channel with one click, without a login (RFC 8058)."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

_signer = Signer(salt="channels.stop")


def stop_token(identity_id: int, channel: str) -> str:
    """Says that whoever holds it got a mail of this channel to that person. Works as long as the secret key does."""
    return _signer.sign(f"{identity_id}:{channel}").replace(":", "~")


def read_stop_token(token: str) -> tuple[int, str] | None:
    """Whose it is and of which channel; None for anything that we have not signed."""
    try:
        identity_id, _colon, channel = _signer.unsign(token.replace("~", ":")).partition(":")
    except BadSignature:
        return None
    return int(identity_id), channel


def stop_url(identity_id: int, channel: str, origin: str) -> str:
    """The page with the one button, in the active language."""
    return origin + reverse("channels:stop", kwargs={"token": stop_token(identity_id, channel)})


def stop_headers(identity_id: int, channel: str, origin: str, language: str) -> dict[str, str]:
    """What mail programs need for a button of their own."""
    with override(language):
        url = stop_url(identity_id, channel, origin)
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
