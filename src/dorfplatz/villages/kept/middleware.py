"""Gives visitors pages that are kept, and keeps those that may be."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.request import split_domain_port
from django.utils import timezone

from dorfplatz.ui.context import LARGE_PRINT_COOKIE
from dorfplatz.villages import filter as village_filters
from dorfplatz.villages.kept.calendar import Calendar
from dorfplatz.villages.kept.notes import is_kept_whole, notes_of
from dorfplatz.villages.kept.shelf import Asked, KeptPage, Shelf
from dorfplatz.villages.middleware import remember
from dorfplatz.villages.models import Host
from dorfplatz.villages.queries import edition_of, editions
from dorfplatz.villages.request import RequestOnItsWay

Next = Callable[[RequestOnItsWay], HttpResponse]
LANGUAGE_PREFIXES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
# Who carries one of these may be somebody: nothing is kept of her pages, and nothing kept is given to her.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
# All headers a kept page may depend on. An answer that varies with another is not kept.
KNOWN_HEADERS = {"accept-encoding", "accept-language", "cookie", "hx-request-type"}
MOST_REMEMBERED = 3  # villages of the last visit; who chose more gets pages of her own
COMPRESSION = 6
OF_A_BODY = ("Content-Type",)


class KeptPages:
    """Stands above everything that looks at the database, the compression included.

    A page is given only while its municipality's edition, read anew for each request, is the one that was read before
    the page was made, and only before the next moment that anything on it names.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        # Two shelves: what is asked with parameters or a remembered filter, of which there is more than anybody can
        # keep, never displaces the pages under their plain addresses.
        self.plain = Shelf(settings.KEPT_PAGES_BYTES * 2 // 3)
        self.filtered = Shelf(settings.KEPT_PAGES_BYTES // 3)
        self.calendar = Calendar()

    def __call__(self, request: RequestOnItsWay) -> HttpResponse:
        asked = _asked(request) if settings.KEPT_PAGES_BYTES else None
        if asked is None:
            return self.get_response(request)
        shelf = self._shelf(asked)
        page = shelf.get(asked)
        if page is not None and time.time() < page.until and edition_of(page.municipality_id) == page.edition:
            return _answer(request, page)
        if request.method != "GET":
            return self.get_response(request)
        since, known = timezone.now(), editions()  # before anything else is read
        response = self.get_response(request)
        if not _may_be_kept(request, response, asked):
            return response
        made = self._page(request, response, known, since)
        if made is None or not shelf.put(asked, made):
            return response
        return _answer(request, made)

    def _shelf(self, asked: Asked) -> Shelf:
        return self.filtered if asked.query or asked.villages else self.plain

    def _page(
        self, request: RequestOnItsWay, response: HttpResponse, known: Mapping[int, int], since: datetime
    ) -> KeptPage | None:
        edition = known.get(request.municipality.pk)
        if edition is None:
            return None
        until = self.calendar.next_moment(request.site, edition, since)
        named = notes_of(request).next_moment
        if named is not None and named > since:
            until = min(until, named)
        body = response.content
        is_compressed = response.get("Content-Encoding") == "gzip"
        text = gzip.decompress(body) if is_compressed else body
        headers = {name: value for name, value in response.items() if name not in ("Content-Length", "ETag")}
        headers["Vary"] = "Accept-Encoding, Cookie, HX-Request-Type"
        headers.pop("Content-Encoding", None)
        return KeptPage(
            municipality_id=request.municipality.pk,
            edition=edition,
            until=until.timestamp(),
            body=body if is_compressed else gzip.compress(body, COMPRESSION, mtime=0),
            headers=tuple(headers.items()),
            etag=f'W/"{hashlib.sha256(text).hexdigest()[:24]}"',
            remember=_remembered(request, response),
        )


def _asked(request: HttpRequest) -> Asked | None:
    """What is asked, if the answer may be the same for others: without any look at the database."""
    meta, path = request.META, request.path_info
    if request.method not in ("GET", "HEAD") or not path.startswith(LANGUAGE_PREFIXES):
        return None
    host, cookies = meta.get("HTTP_HOST", ""), request.COOKIES if "HTTP_COOKIE" in meta else {}
    if any(name in cookies for name in PERSONAL_COOKIES) or "HTTP_AUTHORIZATION" in meta:
        return None
    if "HTTP_REFERER" in meta and _may_switch_language(meta["HTTP_REFERER"], host, path):
        return None
    query = meta.get("QUERY_STRING", "")
    stated = query and village_filters.is_stated(request.GET)
    return Asked(
        scheme=request.scheme or "http",
        host=host,
        path=path,
        query=query,
        is_fragment=meta.get("HTTP_HX_REQUEST_TYPE") == "partial",
        is_large_print=cookies.get(LARGE_PRINT_COOKIE) == "1",
        villages="" if stated else cookies.get(village_filters.COOKIE, ""),
    )


def _may_switch_language(referer: str, host: str, path: str) -> bool:
    """Whether the reader comes from a page of ours in another language, and so chooses this one."""
    return f"//{host}/" in referer and f"//{host}{path[:4]}" not in referer


def _may_be_kept(request: RequestOnItsWay, response: HttpResponse, asked: Asked) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
        and "no-store" not in response.get("Cache-Control", "")
        and set(response.cookies) <= {village_filters.COOKIE}
        and _varied_by(response) <= KNOWN_HEADERS
        and _is_for_everybody(request)
        and _is_plainly_asked(request, asked)
        and _is_at_a_known_host(request, asked)
    )


def _varied_by(response: HttpResponse) -> set[str]:
    return {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}


def _is_for_everybody(request: RequestOnItsWay) -> bool:
    """A public view has answered a visitor, of a municipality, and nothing was said to her alone."""
    view = request.resolver_match.func if request.resolver_match else None
    access = getattr(view, "access", None)
    told = get_messages(request)
    return (
        request.municipality is not None
        and access is not None
        and access.who == "anyone"
        and not request.viewer.is_member
        and not getattr(told, "used", False)
        and not getattr(told, "added_new", False)
        and notes_of(request).is_kept
    )


def _is_plainly_asked(request: RequestOnItsWay, asked: Asked) -> bool:
    """Whether each part of what was asked is one that we offer ourselves, in our own spelling."""
    if not is_kept_whole(request):
        return False
    usual = request.usual_villages
    return not asked.villages or (len(usual.chosen) <= MOST_REMEMBERED and usual.remembered == asked.villages)


def _is_at_a_known_host(request: RequestOnItsWay, asked: Asked) -> bool:
    """A name somebody has written down, as it was written; not just one that somebody has sent us."""
    name, port = split_domain_port(asked.host)
    is_plain = asked.host == (f"{name}:{port}" if port else name)
    if not is_plain or (port and port != request.META.get("SERVER_PORT")):
        return False
    return name in settings.INSTALLATION_HOSTS or Host.objects.filter(name=name).exists()


def _remembered(request: RequestOnItsWay, response: HttpResponse) -> str | None:
    return request.village_filter.remembered if village_filters.COOKIE in response.cookies else None


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    response: HttpResponse
    if _has_it(request, page):
        response = HttpResponseNotModified()
    elif "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        response = HttpResponse(page.body)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(page.body))
    if response.status_code == 200:
        response.headers["Content-Length"] = str(len(response.content))
    for name, value in page.headers:
        if response.status_code == 200 or name not in OF_A_BODY:
            response.headers[name] = value
    response.headers["ETag"] = page.etag
    if page.remember is not None:
        remember(response, village_filters.COOKIE, page.remember)
    return response


def _has_it(request: HttpRequest, page: KeptPage) -> bool:
    """Whether the reader's browser has this very page already."""
    return page.etag.removeprefix("W/") in request.META.get("HTTP_IF_NONE_MATCH", "")
