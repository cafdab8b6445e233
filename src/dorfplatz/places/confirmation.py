"""Who says that an entry is right, and since when, in one sentence."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dorfplatz.entries.policies import area_paths
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.enums import EDIT
from dorfplatz.places.map_words import listed
from dorfplatz.places.models import Listing
from dorfplatz.places.policies import is_keeper
from dorfplatz.places.queries import PlacePage

OSM = "osm"
KEEPER = "keeper"


def confirmed_in_words(listing: Listing) -> str:
    """“Zuletzt bestätigt am 3. November 2026 von der Buurtverbinderin”; for imports what their source says."""
    if listing.missing_since:
        day = date_format(timezone.localtime(listing.missing_since), "DATE_FORMAT")
        return _("Its source has not known it since %(day)s.") % {"day": day}
    if listing.assured_on is None:
        return _("Nobody has confirmed this yet.")
    values = {"day": date_format(listing.assured_on, "DATE_FORMAT")}
    sentences = {
        OSM: _("According to OpenStreetMap, as of %(day)s."),
        "csv": _("From a list, as of %(day)s."),
        KEEPER: _("Last confirmed on %(day)s by those who keep this entry."),
        "connector": _("Last confirmed on %(day)s by the Buurtverbinder."),
        "editor": _("Last confirmed on %(day)s by an editor."),
        "admin": _("Last confirmed on %(day)s by the municipality."),
        "officer": _("Last confirmed on %(day)s by the municipality."),
    }
    return sentences.get(listing.assured_by, _("Last confirmed on %(day)s.")) % values


def keeping_in_words(page: PlacePage) -> str:
    """“Gepflegt von Anna Janßen.”"""
    if page.keepers:
        return _("Kept by %(names)s.") % {"names": listed(list(page.keepers))}
    return _("Nobody keeps this entry yet.")


def role_of(actor: Actor, listing: Listing) -> str:
    """As whom somebody confirms an entry: what readers are told beside the date."""
    if is_keeper(actor, listing):
        return KEEPER
    paths = area_paths(listing.entry)
    roles = [grant.role for grant in actor.grants if EDIT in grant.capabilities and _covers(grant.area_path, paths)]
    # Who is both is known in the village as the Buurtverbinder.
    return "connector" if "connector" in roles else next(iter(roles), "")


def _covers(area_path: str, paths: list[str]) -> bool:
    return any(path.startswith(area_path) for path in paths)
