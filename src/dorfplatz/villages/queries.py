"""Reads of the tree. Areas are public: these are system queries, the same for every viewer."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Collection, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.kernel.geo import METRES_PER_DEGREE, Point, distance_m, outline_of
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.enums import PREPARE, AreaKind, LegalKind
from dorfplatz.villages.legal import Wording, shipped
from dorfplatz.villages.models import Area, AreaLink, Edition, FreePage, LegalText, Municipality
from dorfplatz.villages.prepared import Prepared
from dorfplatz.villages.sockets import village_pages

REACH_M = 30_000
AIR, LEAST_DEGREES = 0.4, 0.02  # around what a map shows
PORT_NOTE = "port"  # file in the home folder
LOCAL_ENDINGS = (".localhost", ".local", ".test", ".example", ".internal", ".home.arpa")


@dataclass(frozen=True)
class Site:
    """The areas one municipality's square shows: its villages, and neighbours outside it. Loaded once a request.

    `villages` are all of its own, however far they are; lists for readers name `listed`, and what is gathered from
    all villages comes from `rolled_up`. Both follow from what `Actor.sight` tells of the viewer.
    """

    municipality: Municipality
    villages: tuple[Area, ...]
    outside: tuple[Area, ...]
    links: Mapping[int, tuple[int, ...]] = field(repr=False)
    viewer: Actor = field(default=VISITOR, repr=False)

    @cached_property
    def by_slug(self) -> dict[str, Area]:
        return {area.slug: area for area in (*self.outside, *self.villages)}

    @cached_property
    def by_id(self) -> dict[int, Area]:
        own = {area.pk: area for area in (*self.outside, *self.villages)}
        return {**own, self.municipality.area.pk: self.municipality.area}

    @cached_property
    def rolled_up(self) -> tuple[Area, ...]:
        """The villages that are open: the same for every viewer."""
        return tuple(area for area in self.villages if area.is_open)

    @cached_property
    def listed(self) -> tuple[Area, ...]:
        """The villages that lists name to this viewer: what is not open yet, to those who prepare it or live there."""
        return tuple(area for area in self.villages if area.is_open or self._is_close_to(area))

    def shows(self, area: Area) -> bool:
        """Whether this viewer may look at the area's square: one being prepared is for those who prepare it."""
        return not area.is_preparing or self.is_prepared_by_viewer(area)

    def is_prepared_by_viewer(self, area: Area) -> bool:
        return bool(area.path) and self.viewer.holds(PREPARE, str(area.path))

    def _is_close_to(self, area: Area) -> bool:
        return self.is_prepared_by_viewer(area) or (area.is_soft and self.viewer.home_area_id == area.pk)

    def neighbours(self, area: Area) -> list[Area]:
        """The area's neighbours in the order the municipality gave, those that are open."""
        found = [self.by_id[pk] for pk in self.links.get(area.pk, ()) if pk in self.by_id]
        return [near for near in found if near.is_open]

    def url_of(self, area: Area) -> str:
        """A village's own page; where no home pages are plugged in, the chooser with that village chosen."""
        page = village_pages.get("home")
        return page(area.slug) if page else f"{reverse('villages:choose')}?village={area.slug}"

    def bbox_around(self, area: Area) -> str:
        """“west,south,east,north” of the area's outline with some air, else of the whole municipality."""
        if area.outline:
            west, south, east, north = outline_of(area.outline).bounds
        else:
            places = [v.point for v in self.villages if v.point] or [Point(51.8, 6.0)]
            west, east = min(p.lon for p in places), max(p.lon for p in places)
            south, north = min(p.lat for p in places), max(p.lat for p in places)
        wide, high = max(east - west, LEAST_DEGREES) * AIR, max(north - south, LEAST_DEGREES) * AIR
        return f"{west - wide:.5f},{south - high:.5f},{east + wide:.5f},{north + high:.5f}"

    def distance_km(self, a: Area, b: Area) -> float | None:
        return distance_m(a.point, b.point) / 1000 if a.point and b.point else None


# What sites are made of, of so many municipalities in the memory of one process.
_surroundings: EditionMemory[tuple[list[Area], dict[int, tuple[int, ...]]]] = EditionMemory(100)


def site_of(municipality: Municipality, viewer: Actor = VISITOR) -> Site:
    """The municipality's villages, its neighbours outside, and who is whose neighbour. Three queries; one when kept.

    Of the neighbours outside those that are open.
    """
    path, pk = municipality.path, municipality.pk
    areas, links = _surroundings.get(pk, edition_to_keep_under(pk), lambda: _surroundings_of(path))
    found = [copy(area) for area in areas]  # whoever changes one changes her own
    return Site(
        municipality=municipality,
        villages=tuple(a for a in found if str(a.path).startswith(path)),
        outside=tuple(a for a in found if a.is_open and not str(a.path).startswith(path)),
        links=links,
        viewer=viewer,
    )


def _surroundings_of(path: str) -> tuple[list[Area], dict[int, tuple[int, ...]]]:
    links: dict[int, list[int]] = {}
    for source, target in AreaLink.objects.filter(area__path__startswith=path).values_list("area_id", "neighbour_id"):
        links.setdefault(source, []).append(target)
    linked = {pk for targets in links.values() for pk in targets}
    areas = (
        Area.objects.filter(Q(path__startswith=path, kind=AreaKind.VILLAGE) | Q(pk__in=linked))
        .select_related("parent__municipality")
        .order_by("-inhabitants", "slug")
    )
    return list(areas), {source: tuple(targets) for source, targets in links.items()}


def published_pages(municipality: Municipality) -> QuerySet[FreePage]:
    """The municipality's own pages that readers see, in its order."""
    return municipality.pages.filter(is_published=True)


def legal_wordings(municipality: Municipality, kind: LegalKind) -> list[Wording]:
    """All versions of a legal text, the one that counts first, the release's last. One query."""
    rows = LegalText.objects.filter(municipality=municipality, kind=kind).order_by("-version")
    own = [Wording(kind, row.version, row.title, row.body, row.published_at) for row in rows]
    return [*own, shipped(kind, municipality.area.name)]


def latest_legal_wordings(municipality: Municipality) -> list[Wording]:
    """Of each legal text the version that counts. One query."""
    rows = LegalText.objects.filter(municipality=municipality).order_by("version")
    own = {row.kind: Wording(LegalKind(row.kind), row.version, row.title, row.body, row.published_at) for row in rows}
    return [own.get(str(kind)) or shipped(kind, municipality.area.name) for kind in LegalKind]


def editions() -> dict[int, int]:
    """The edition of each municipality's pages, as `edition_of` tells it, for those who do not know yet which."""
    return dict(Edition.objects.values_list("municipality_id", "number"))


def areas_with_pictures(ids: Collection[int]) -> set[int]:
    """The areas that show one of these pictures."""
    return set(Area.objects.filter(picture_id__in=list(ids)).values_list("pk", flat=True))


def areas_nearby(area: Area, municipality: Municipality) -> list[Area]:
    """Villages that could be the area's neighbours: the municipality's own, and others within reach; nearest first."""
    found = Area.objects.villages().exclude(pk=area.pk).select_related("parent__municipality")
    own = Q(path__startswith=municipality.path)
    if area.point is None:
        return list(found.filter(own | Q(pk__in=area.links.values("neighbour_id"))))
    here = area.point
    reach_lat = REACH_M / METRES_PER_DEGREE
    reach_lon = reach_lat / max(math.cos(math.radians(here.lat)), 0.01)
    near = Q(
        lat__range=(here.lat - reach_lat, here.lat + reach_lat), lon__range=(here.lon - reach_lon, here.lon + reach_lon)
    )
    linked = Q(pk__in=area.links.values("neighbour_id"))
    far = math.inf
    return sorted(found.filter(own | near | linked), key=lambda a: distance_m(here, a.point) if a.point else far)


def edition_of(municipality_id: int) -> int | None:
    """The edition of the municipality's pages that is committed now; None where none is counted. One look at an index.

    Read it before what you make of its content: then what you keep is never older than the edition it is kept under.
    """
    with connection.cursor() as cursor:  # asked with every request: past the ORM
        cursor.execute("SELECT number FROM villages_edition WHERE municipality_id = %s", [municipality_id])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def edition_to_keep_under(municipality_id: int) -> int | None:
    """The edition to keep things in memory under; None inside a transaction, whose changes may yet be undone."""
    return None if connection.in_atomic_block else edition_of(municipality_id)


def _served_under(name: str) -> QuerySet[Municipality]:
    served = Municipality.objects.filter(is_served=True).select_related("area")
    return served.annotate(host=Lower("hosts__name")).filter(host=name)


_served_at = Prepared(_served_under, str)


def municipality_at(host: str) -> Municipality | None:
    """The municipality a host name leads to.

    One alone answers on every host. The demonstration, beside others, answers on hosts for local use.
    """
    by_host = _served_at(host.lower())
    if by_host:
        return by_host[0]
    served = Municipality.objects.filter(is_served=True).select_related("area")
    some = list(served.order_by("-is_demonstration", "pk")[:2])
    if len(some) == 1:
        return some[0]
    return next((m for m in some if m.is_demonstration and not is_public_host(host)), None)


def municipality_of(area: Area | None) -> Municipality | None:
    """The municipality that an area is, or lies in, if it is one of this installation; a system query."""
    above = [int(pk) for pk in str(area.path or "").strip("/").split("/") if pk] if area else []
    return Municipality.objects.select_related("area").filter(pk__in=above).first()


def base_url(municipality: Municipality) -> str:
    """The address links in mails and on paper begin with, without a slash at the end.

    Never taken from a request: a forged Host header must not reach a mail. Where somebody tries the square out on a
    machine of their own, the port is that of `dorfplatz run`, which leaves a note of it in the home folder.
    """
    own = municipality.hosts.order_by("pk").values_list("name", flat=True).first()
    host = own or str(settings.INSTALLATION_HOSTS[0])
    if settings.SESSION_COOKIE_SECURE:
        return f"https://{host}"
    port = "" if is_public_host(host) else _noted_port()
    return f"http://{host}:{port}" if port else f"http://{host}"


def _noted_port() -> str:
    try:
        noted = (Path(settings.HOME) / PORT_NOTE).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return noted if noted.isdecimal() and noted != "80" else ""


def is_public_host(host: str) -> bool:
    """Whether strangers could reach that name: not a loopback or private address, nor a name for local use."""
    name = host.lower().rstrip(".").strip("[]")
    try:
        return ipaddress.ip_address(name).is_global
    except ValueError:
        return "." in name and not name.endswith(LOCAL_ENDINGS)


@cache
def reserved_words() -> frozenset[str]:
    """First words of all addresses in every language: no village may be called so. Found once a process."""
    words: set[str] = set(dict(settings.LANGUAGES))
    for code, _name in settings.LANGUAGES:
        with override(code):
            words.update(_first_words(get_resolver()))
    return frozenset(words)


def _first_words(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        text = str(pattern.pattern).lstrip("^")
        word = text.split("/")[0]
        is_prefix = word in dict(settings.LANGUAGES) or not text
        if isinstance(pattern, URLResolver) and is_prefix:
            yield from _first_words(pattern)
        elif isinstance(pattern, URLPattern | URLResolver) and word.isascii() and "<" not in word and word:
            yield word
