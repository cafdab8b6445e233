"""The yearly report: as a page and as a table."""

from __future__ import annotations

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.moderation.queries import FIRST_YEAR, lines_of, numbers_of
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@require_safe
def transparency(request: SquareRequest) -> HttpResponse:
    """How much was reported and decided in a year (`?year=2026`), counted from the journal."""
    year = _year(request)
    this = timezone.now().year
    context = {
        "year": year,
        "lines": list(lines_of(numbers_of(request.municipality, year))),
        "years": [other for other in range(this, FIRST_YEAR - 1, -1) if other != year][:5],
        "csv_url": f"{reverse('moderation:transparency_csv')}?year={year}",
    }
    return render(request, "moderation/transparency.html", context)


@public
@never_cache
@require_safe
def transparency_csv(request: SquareRequest) -> HttpResponse:
    """The same, for spreadsheets."""
    year = _year(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="moderation-{year}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(["year", "what", "which", "count"])
    for what, which, count in lines_of(numbers_of(request.municipality, year)):
        writer.writerow([year, str(what), str(which), count])
    return answer


def _year(request: SquareRequest) -> int:
    """The year that is asked for, else this one. Raises Http404 for a year that never was."""
    if request.municipality is None:
        raise Http404
    this = timezone.now().year
    asked = request.GET.get("year", str(this))
    if not asked.isascii() or not asked.isdigit() or not FIRST_YEAR <= int(asked[:6]) <= this:
        raise Http404
    return int(asked)
