"""Headers that every answer carries, also errors and static files."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# What our pages never ask for. Ours alone: “near me”, after a tap, and passkeys, which no frame of ours may ask for.
PERMISSIONS_POLICY = ", ".join(
    [
        "geolocation=(self)",
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
                "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
                "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
            )
        ),
    ]
)  # fmt: skip

ALWAYS = {
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}

MAY_BE_FRAMED = "frame-ancestors *"


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Outermost: sets what the answer does not say itself.

    A page made for somebody logged in is stored nowhere; other pages are asked for again each time, since language,
    large print and the remembered villages hang on cookies.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if MAY_BE_FRAMED in response.headers.get("Content-Security-Policy", ""):
            del response.headers["X-Frame-Options"]  # it knows no middle way, and the policy has said so
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store" if _is_personal(request) else "private, no-cache"
        return response

    return respond


def _is_personal(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)
    return bool(getattr(viewer, "is_member", False))
