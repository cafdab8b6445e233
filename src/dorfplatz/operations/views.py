"""The two addresses that machines ask: is the process alive, and can it do its work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.operations.readiness import findings


@public
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  the same for everybody
    """200 as long as the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@public
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  the same for everybody
    """200 when database, tables and worker are well, else 503; in either case what was found."""
    found = findings(timezone.now())
    well = all(finding.well for finding in found)
    content = {
        "ready": well,
        "findings": [{"subject": finding.subject, "well": finding.well, "says": finding.says} for finding in found],
    }
    return JsonResponse(content, status=200 if well else 503, json_dumps_params={"ensure_ascii": False})
