"""What the worker does with letters."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.letters.enclosing import all_tokens, discard
from dorfplatz.letters.models import Enclosure


@job(Conduct(_("Erasing a document of a letter"), outside=True, first_wait=timedelta(minutes=1)))
def discard_document(token: str) -> None:
    discard(token)


@job(Conduct(_("Sweeping up documents that no letter knows"), outside=True))
def sweep_documents() -> None:
    """What a crash has left between a document's arrival and its letter; once a night, when nobody is in between."""
    known = set(Enclosure.objects.exclude(token="").values_list("token", flat=True))
    for token in list(all_tokens()):
        if token not in known:
            discard(token)
