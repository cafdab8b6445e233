"""From request to municipality, language and village filter."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.villages import filter as village_filters
from dorfplatz.villages.queries import is_public_host, municipality_at, site_of
from dorfplatz.villages.request import RequestOnItsWay

Next = Callable[[RequestOnItsWay], HttpResponse]
LANGUAGE_COOKIE = "language"
# Addresses that belong to the installation, not to a municipality.
INSTALLATION_PATHS = ("/healthz", "/readyz", "/static/")


def municipality_of_host(get_response: Next) -> Next:
    """Sets `request.municipality` and, lazily, `request.site`; a name that leads nowhere gets a page that says so."""

    def middleware(request: RequestOnItsWay) -> HttpResponse:
        request.municipality = None
        request.site = None
        if request.path.startswith(INSTALLATION_PATHS):
            return get_response(request)
        host, _port = split_domain_port(request.get_host())
        municipality = municipality_at(host)
        if municipality is None:
            return _closed(request, "villages/no_square.html", 404, host)
        if municipality.is_demonstration and is_public_host(host):
            return _closed(request, "villages/demonstration_only_here.html", 403, host)
        request.municipality = municipality
        request.site = SimpleLazyObject(lambda: site_of(municipality, getattr(request, "viewer", VISITOR)))
        return get_response(request)

    return middleware


def _closed(request: HttpRequest, template: str, status: int, host: str) -> HttpResponse:
    """A page in the reader's language for somebody who has not reached any square."""
    language = translation.get_language_from_path(request.path_info) or preferred_language(request)
    with translation.override(language):
        context = {"host": host, "language": language}
        response = render(request, template, context, status=status)
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    response.headers["Content-Language"] = language
    return response


def reader_language(get_response: Next) -> Next:
    """The language of the address; where it has none, the reader's, else the municipality's first.

    Who switches to another language on one of our pages is remembered; who merely follows a link is not.
    """

    def middleware(request: RequestOnItsWay) -> HttpResponse:
        in_path = translation.get_language_from_path(request.path_info)
        translation.activate(in_path or preferred_language(request))
        request.LANGUAGE_CODE = translation.get_language() or "de"
        response = get_response(request)
        if not in_path:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        elif response.status_code == 200 and _is_switch(request, in_path):
            remember(response, LANGUAGE_COOKIE, in_path)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


def _is_switch(request: HttpRequest, language: str) -> bool:
    """Whether the reader came from a page of ours in another language."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    if before.netloc != request.get_host():
        return False
    return translation.get_language_from_path(before.path) not in {None, language}


def remember(response: HttpResponse, cookie: str, value: str) -> None:
    """Keep a choice of the reader's in her browser, for a year."""
    response.set_cookie(
        cookie,
        value,
        max_age=village_filters.COOKIE_AGE_S,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def preferred_language(request: HttpRequest) -> str:
    """The reader's language among the municipality's: her last choice, her browser's, the municipality's first."""
    municipality = getattr(request, "municipality", None)
    offered = list(municipality.languages) if municipality else [code for code, _ in settings.LANGUAGES]
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if chosen in offered:
        return chosen
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            supported = get_supported_language_variant(code)
        except LookupError:
            continue
        if supported in offered:
            return supported
    return str(offered[0]) if offered else settings.LANGUAGE_CODE


def village_filter(get_response: Next) -> Next:
    """Sets `request.village_filter` from the address and `request.usual_villages` from the last visit."""

    def middleware(request: RequestOnItsWay) -> HttpResponse:
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
        is_page = not response.has_header("Access-Control-Allow-Origin")  # data for everybody remember nobody
        if stated and is_page and request.method == "GET" and response.status_code == 200:
            remember(response, village_filters.COOKIE, request.village_filter.remembered)
        return response

    return middleware
