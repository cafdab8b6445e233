"""Before anything asks the database: nobody waits for one that is known to be away."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from dorfplatz.operations.outage import Lack, lookout
from dorfplatz.operations.trouble import answer_of

# The process is asked for, or the database itself: those answers tell the state as it is.
PROBES = ("/healthz", "/readyz")


def nobody_waits(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers with the page that says so while the database is away, at once and for everybody."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path not in PROBES and lookout.is_away():
            return answer_of(request, Lack.DATABASE)
        return get_response(request)

    return respond
