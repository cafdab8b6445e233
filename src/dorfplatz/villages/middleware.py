"""From request to municipality, language and village filter."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_supported_language_variant

from dorfplatz.villages import filter as village_filters
from dorfplatz.villages.queries import is_public_host, municipality_at, site_of

Next = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "language"
# Addresses that belong to the installation, not to a municipality.
INSTALLATION_PATHS = ("/healthz", "/readyz", "/static/")


def municipality_of_host(get_response: Next) -> Next:
    """Sets `request.municipality` and, lazily, `request.site`; a stranger's host gets 400."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.municipality = None
        request.site = None
        if request.path.startswith(INSTALLATION_PATHS):
            return get_response(request)
        host = request.get_host().rsplit(":", 1)[0].lower() if request.get_host() else ""
        municipality = municipality_at(host)
        if municipality is None:
            return render(request, "villages/no_square.html", status=404)
        if municipality.is_demonstration and is_public_host(host):
            return render(request, "villages/demonstration_only_here.html", status=403)
        request.municipality = municipality
        request.site = SimpleLazyObject(lambda: site_of(municipality))
        return get_response(request)

    return middleware


def reader_language(get_response: Next) -> Next:
    """The language of the address; where it has none, the reader's, else the municipality's first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        in_path = translation.get_language_from_path(request.path_info)
        translation.activate(in_path or preferred_language(request))
        request.LANGUAGE_CODE = translation.get_language() or "de"
        response = get_response(request)
        if not in_path:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


def preferred_language(request: HttpRequest) -> str:
    """The reader's language among the municipality's: her last choice, her browser's, the municipality's first."""
    municipality = getattr(request, "municipality", None)
    offered = list(municipality.languages) if municipality else [code for code, _ in settings.LANGUAGES]
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if chosen in offered:
        return chosen
    for code, _quality in translation.trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            supported = get_supported_language_variant(code)
        except LookupError:
            continue
        if supported in offered:
            return supported
    return str(offered[0]) if offered else settings.LANGUAGE_CODE


def village_filter(get_response: Next) -> Next:
    """Sets `request.village_filter` from the address and `request.usual_villages` from the last visit."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.village_filter = request.usual_villages = None
        site = request.site
        if request.municipality is None:
            return get_response(request)
        stated = village_filters.is_stated(request.GET)
        cookie = request.COOKIES.get(village_filters.COOKIE, "")
        request.village_filter = SimpleLazyObject(lambda: village_filters.read_filter(site, request.GET))
        request.usual_villages = (
            request.village_filter
            if stated
            else SimpleLazyObject(lambda: village_filters.remembered_filter(site, cookie))
        )
        response = get_response(request)
        if stated and request.method == "GET" and response.status_code == 200:
            response.set_cookie(
                village_filters.COOKIE,
                request.village_filter.remembered,
                max_age=village_filters.COOKIE_AGE_S,
                httponly=True,
                secure=request.is_secure(),
                samesite="Lax",
            )
        return response

    return middleware
