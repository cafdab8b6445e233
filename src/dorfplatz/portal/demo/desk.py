"""What lies on Ben's desk besides what the rooms put there: notes that something is wrong, and one of his own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.desk.actions import NoteDraft, count_desk, count_freshness, write_note
from dorfplatz.desk.enums import KeptFor
from dorfplatz.desk.models import Freshness, Note, Tally
from dorfplatz.desk.queries import desk_of
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.members.actions import grant_role
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity, RoleGrant
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.places.actions import receive_correction
from dorfplatz.places.models import Correction, Listing
from dorfplatz.portal.demo.matching import put_introductions
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import site_of

# Who helps out next door, so that Niel has two.
SECOND = ("Thea Janßen", "niel")
WRONG = (
    ("demo:niel/phone-box", 4, "Die Tür klemmt seit dem Sturm. Die Bücher liegen jetzt in der alten Schule."),
    ("demo:zyfflich/cheese", 2, "De winkel is op maandag dicht. Ik stond er met de fiets voor niets."),
)  # fmt: skip
# For so many weeks it is known how fresh the entries were.
WEEKS, HALF_WEEK = 8, timedelta(days=4)
NOTED = ("Wie oefent Duits met mij, ik Nederlands met u?", "Maria fragen, die war mal Lehrerin. Donnerstag beim Chor.")


@transaction.atomic
def put_desk(
    municipality: Municipality, areas: Mapping[str, Area], cast: Mapping[str, Identity], *, by: Actor, now: datetime
) -> None:
    """Have it there; what was settled or erased meanwhile stays so."""
    _put_second(cast, areas, by, now)
    for weeks in range(WEEKS, 0, -1):
        then = now - timedelta(days=7 * weeks)
        if not Freshness.objects.filter(on__gt=(then - HALF_WEEK).date(), on__lt=(then + HALF_WEEK).date()).exists():
            count_freshness(by=by, now=then)
    for uri, days, text in WRONG:
        listing = Listing.objects.filter(entry__uri=uri).select_related("entry").first()
        if listing and not Correction.objects.filter(form_key=f"{uri}:wrong").exists():
            receive_correction(listing, text=text, form_key=f"{uri}:wrong", by=VISITOR, now=now - timedelta(days=days))
    put_introductions(municipality, cast, now=now)
    ben = cast.get("ben")
    if ben is None or Tally.objects.filter(identity=ben).exists():
        return
    site, viewer, (title, text) = site_of(municipality), actor_of_identity(ben), NOTED
    ask = Entry.objects.filter(title=title, kind="ask").first()
    if ask and not Note.objects.exists() and desk_of(site, viewer, now=now).item(f"ask:{ask.pk}"):
        draft = NoteDraft(text, KeptFor.MONTH, is_for_successor=True)
        write_note(f"ask:{ask.pk}", draft=draft, site=site, by=viewer, now=now)
    count_desk(ben, by=by, now=now)


def _put_second(cast: Mapping[str, Identity], areas: Mapping[str, Area], by: Actor, now: datetime) -> None:
    name, village = SECOND
    person = cast.get(name)
    if person and not RoleGrant.objects.filter(identity=person, area=areas[village]).exists():
        grant_role(person, role=Role.CONNECTOR, area=areas[village], by=by, now=now)
