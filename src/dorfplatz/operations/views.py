"""What machines ask (is the process alive, can it do its work), and the same for people, in lights."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import needs, public
from dorfplatz.operations.examination import examine
from dorfplatz.operations.queries import SEE
from dorfplatz.operations.readiness import findings

SUBJECTS = {
    "configuration": _("Settings of the machine"),
    "encryption": _("The way here"),
    "storage": _("Disk"),
    "database": _("Database"),
    "tables": _("Tables"),
    "worker": _("Work in the background"),
    "work": _("Jobs"),
    "mail": _("Mail"),
    "translation": _("Translation"),
    "backup": _("Backups"),
}


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


@needs(SEE)
@never_cache
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """What works and what does not, faults first, in the words of `dorfplatz check`."""
    found = sorted(examine(timezone.now()), key=lambda finding: finding.well)
    lights = [(SUBJECTS[finding.subject], finding) for finding in found]
    return render(request, "operations/state.html", {"lights": lights, "well": all(f.well for f in found)})
