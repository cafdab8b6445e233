"""What a request is answered that cannot be done: a page in the reader's language, made without the database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found, permission_denied, server_error

from dorfplatz.operations.outage import Lack, lack_of, lookout
from dorfplatz.villages.middleware import preferred_language

TRY_AGAIN_AFTER_S = {Lack.DATABASE: 5, Lack.ROOM: 600}
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
PROBLEM = "application/problem+json"


def answer_trouble(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the error is being handled."""
    lack = lack_of(sys.exc_info()[1])
    if lack is None:
        return server_error(request)
    if lack is Lack.DATABASE:
        lookout.report_away()
    return answer_of(request, lack)


def answer_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400. Also a session that could not be written arrives here, as one that had been interrupted."""
    lack = lack_of(exception)
    if lack is None:
        too_much = isinstance(exception, TOO_MUCH)
        return _answer_not_understood(
            request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_much else HTTPStatus.BAD_REQUEST
        )
    if lack is Lack.DATABASE:
        lookout.report_away()
    return answer_of(request, lack)


def answer_not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return _with_a_body_within_bounds(page_not_found, request, exception)


def answer_not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return _with_a_body_within_bounds(permission_denied, request, exception)


def _with_a_body_within_bounds(
    answer: Callable[[HttpRequest, Exception], HttpResponse], request: HttpRequest, exception: Exception
) -> HttpResponse:
    """Making these pages looks for the token of a form; where nobody has before, what was sent may be too much."""
    try:
        return answer(request, exception)
    except TOO_MUCH as too_much:
        return answer_bad_request(request, too_much)


def answer_of(request: HttpRequest, lack: Lack) -> HttpResponse:
    """A page for people, RFC 9457 for programs. It asks no database and promises nothing about what was sent."""
    in_path = translation.get_language_from_path(request.path_info)
    language = in_path or preferred_language(request)
    with translation.override(language):
        if in_path or "text/html" in request.headers.get("Accept", ""):
            context = {
                "lack": lack.name,
                "language": language,
                "sent": request.method not in {"GET", "HEAD"},
                "again": request.get_full_path(),
            }
            response = HttpResponse(render_to_string("operations/trouble.html", context), status=lack.value)
        else:
            response = _for_programs(lack)
    patch_vary_headers(response, ("Accept", "Accept-Language", "Cookie"))
    response.headers["Content-Language"] = language
    response.headers["Retry-After"] = str(TRY_AGAIN_AFTER_S[lack])
    response.headers["Cache-Control"] = "no-store"
    return response


def answer_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token, or with another's: Django's CSRF_FAILURE_VIEW. `reason` is for the log."""
    del reason
    return _answer_not_understood(request, HTTPStatus.FORBIDDEN)


def _answer_not_understood(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """Made without knowing who asks; nothing that was sent has been looked at."""
    in_path = translation.get_language_from_path(request.path_info)
    with translation.override(in_path or preferred_language(request)):
        reason = ""
        if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            reason = _("That was more than fits into this form. Nothing was kept. Please go back and write less.")
        return HttpResponse(render_to_string("400.html", {"reason": reason}), status=status)


def _for_programs(lack: Lack) -> HttpResponse:
    says = {
        Lack.DATABASE: _("The database does not answer. Please try again in a moment."),
        Lack.ROOM: _("The disk is full. Nothing was kept; reading goes on."),
    }
    told = {"type": "about:blank", "title": HTTPStatus(lack.value).phrase, "status": lack.value, "detail": says[lack]}
    response = JsonResponse(told, status=lack.value, json_dumps_params={"ensure_ascii": False}, content_type=PROBLEM)
    response.headers["Access-Control-Allow-Origin"] = "*"  # the open interfaces are for pages of any origin
    return response
