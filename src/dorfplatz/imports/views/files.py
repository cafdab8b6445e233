"""The page of imports in the settings: hand a file in, and see what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.imports import uploads
from dorfplatz.imports.actions import open_reading
from dorfplatz.imports.cleaning import clean_line
from dorfplatz.imports.drafts import Rejected
from dorfplatz.imports.enums import RUN
from dorfplatz.imports.forms import UploadForm
from dorfplatz.imports.models import Reading
from dorfplatz.imports.policies import can_import
from dorfplatz.imports.queries import past_readings
from dorfplatz.jobs.queue import enqueue
from dorfplatz.kernel.access import needs
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest

PER_PAGE = 20
READ_UPLOAD = "dorfplatz.imports.tasks.read_upload"


@needs(RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: SquareRequest) -> HttpResponse:
    """Hand a file in; below, the files read so far."""
    can_import(request.viewer, request.municipality).require()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _hand_in(request, form)
        messages.success(request, _("The file is being read. What comes of it will stand here in a moment."))
        return redirect("imports:history")
    readings = past_readings(request.municipality, request.viewer)
    page = Paginator(readings, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "imports/history.html",
        {"form": form, "page": page, "steps": [*_steps(), Step(_("Imports"), is_current=True)]},
    )


@needs(RUN)
@require_safe
def reading(request: SquareRequest, pk: int) -> HttpResponse:
    """What came of one file, with each record that was not taken over."""
    can_import(request.viewer, request.municipality).require()
    found = get_object_or_404(past_readings(request.municipality, request.viewer), pk=pk)
    steps = [*_steps(), Step(_("Imports"), reverse("imports:history"))]
    return render(request, "imports/reading.html", {"reading": found, "rejected": _rejected(found), "steps": steps})


def _rejected(found: Reading) -> list[Rejected]:
    return [Rejected(key, text, values) for key, text, values in found.rejected]


def _hand_in(request: SquareRequest, form: UploadForm) -> None:
    file, mapping = form.cleaned_data["file"], form.cleaned_data["mapping"]
    name = clean_line(file.name, 120) or _("File")
    with transaction.atomic():
        note = open_reading(request.municipality, kind=form.kind, address=name, by=request.viewer, now=timezone.now())
        uploads.keep([(uploads.source_path(note.pk), file), (uploads.mapping_path(note.pk), mapping)])
        enqueue(READ_UPLOAD, key=f"import:{note.pk}", reading_id=note.pk)


def _steps() -> list[Step]:
    return [Step(_("Settings"), reverse("villages:settings"))]
