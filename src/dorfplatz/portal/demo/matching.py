"""What Ben has brought together: one introduction that waits for a second yes, and one that has worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.verdict import Problem
from dorfplatz.matching.actions import answer_question, propose_introduction
from dorfplatz.matching.enums import Said
from dorfplatz.matching.models import Introduction, MonthCount
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import site_of

ASK, OFFER = "demo:exchange/niel/hems", "demo:exchange/zyfflich/sewing-machine"
DAYS_AGO = 2


@transaction.atomic
def put_introductions(municipality: Municipality, cast: Mapping[str, Identity], *, now: datetime) -> None:
    """Have it there once; what came of it is left alone."""
    ben, anna = cast.get("ben"), cast.get("anna")
    uris = Entry.objects.filter(uri__in=[ASK, OFFER]).values_list("uri", "pk")
    ids = {str(uri): pk for uri, pk in uris}
    if ben is None or anna is None or len(ids) < len((ASK, OFFER)) or MonthCount.objects.exists():
        return
    then, site = now - timedelta(days=DAYS_AGO), site_of(municipality)
    key = f"ask:{ids[ASK]}-offer:{ids[OFFER]}"
    try:
        introduction = propose_introduction(key, site=site, by=actor_of_identity(ben), now=then)
    except Problem:  # somebody has settled one of the two meanwhile
        return
    question = Introduction.objects.get(pk=introduction.pk).people.get(identity=anna)
    answer_question(question, says=Said.YES, by=actor_of_identity(anna), now=then + timedelta(hours=5))
