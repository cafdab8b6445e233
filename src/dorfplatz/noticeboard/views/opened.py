"""What every page of papers opens first."""

from __future__ import annotations

from django.http import Http404

from dorfplatz.noticeboard.models import Paper
from dorfplatz.noticeboard.queries import area_of_papers, paper_by_id
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest


def opened_area(request: SquareRequest, slug: str) -> Area:
    """The village of the address; 404 for any other word."""
    area = area_of_papers(request.site, slug) if request.municipality is not None else None
    if area is None:
        raise Http404
    return area


def opened_paper(request: SquareRequest, pk: int) -> Paper:
    """The paper of the address, if the viewer may see it; else 404."""
    paper = paper_by_id(pk, request.site, request.viewer) if request.municipality is not None else None
    if paper is None:
        raise Http404
    return paper
