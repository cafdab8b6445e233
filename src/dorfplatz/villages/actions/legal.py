"""House rules, privacy, imprint, accessibility: a new version takes the old one's place, which stays readable."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.villages.actions.pages import PageText
from dorfplatz.villages.enums import LegalKind
from dorfplatz.villages.legal import shipped
from dorfplatz.villages.models import LegalText, Municipality
from dorfplatz.villages.policies import can_manage_municipality
from dorfplatz.villages.queries import legal_wordings
from dorfplatz.villages.versions import require_fresh


@transaction.atomic
def publish_legal_text(
    municipality: Municipality, *, kind: LegalKind, text: PageText, version: int, by: Actor, now: datetime
) -> bool:
    """Publish the text as the next version; whether it says anything else than the one before.

    `version` is the one it was written over: raises Stale when another was published meanwhile.
    """
    can_manage_municipality(by, municipality).require()
    text.require_usable()
    if not any(text.body.values()):
        raise Problem(_("Please write the text, too."))
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    before = legal_wordings(municipality, kind)[0]
    require_fresh(before, version, now)
    if before.version and dict(before.title) == dict(text.title) and dict(before.body) == dict(text.body):
        return False
    made = LegalText.objects.create(
        municipality=municipality,
        kind=kind,
        version=before.version + 1,
        title=dict(text.title),
        body=dict(text.body),
        published_at=now,
    )
    details = {"kind": str(kind), "version": made.version}
    record_act("legal.published", by=by, now=now, thing=f"legal:{made.pk}", area_id=municipality.pk, details=details)
    return True


@transaction.atomic
def keep_legal_text(municipality: Municipality, *, kind: LegalKind, by: Actor, now: datetime) -> LegalText:
    """The version that counts, as a row that stays: what came with the release is written down when somebody agrees."""
    allowed_if(by.is_system, str(_("Texts are written down when somebody agrees to them."))).require()
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    found = LegalText.objects.filter(municipality=municipality, kind=kind).order_by("-version").first()
    if found:
        return found
    came = shipped(kind, municipality.area.name)
    text = PageText({**came.title}, {**came.body})
    publish_legal_text(municipality, kind=kind, text=text, version=0, by=by, now=now)
    return LegalText.objects.get(municipality=municipality, kind=kind, version=1)
