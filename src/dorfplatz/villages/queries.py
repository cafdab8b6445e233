"""Reads of the tree. Areas are public: these are system queries, the same for every viewer."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from dorfplatz.kernel.geo import distance_m
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area, AreaLink, Municipality

LOCAL_ENDINGS = (".localhost", ".local", ".test", ".example", ".internal", ".home.arpa")


@dataclass(frozen=True)
class Site:
    """The areas one municipality's square shows: its villages, and neighbours outside it. Loaded once a request."""

    municipality: Municipality
    villages: tuple[Area, ...]
    outside: tuple[Area, ...]
    links: Mapping[int, tuple[int, ...]] = field(repr=False)

    @cached_property
    def by_slug(self) -> dict[str, Area]:
        return {area.slug: area for area in (*self.outside, *self.villages)}

    @cached_property
    def by_id(self) -> dict[int, Area]:
        own = {area.pk: area for area in (*self.outside, *self.villages)}
        return {**own, self.municipality.area.pk: self.municipality.area}

    def neighbours(self, area: Area) -> list[Area]:
        """The area's neighbours in the order the municipality gave."""
        return [self.by_id[pk] for pk in self.links.get(area.pk, ()) if pk in self.by_id]

    def distance_km(self, a: Area, b: Area) -> float | None:
        return distance_m(a.point, b.point) / 1000 if a.point and b.point else None


def site_of(municipality: Municipality) -> Site:
    """The municipality's villages, its neighbours outside, and who is whose neighbour. Two queries."""
    links: dict[int, list[int]] = {}
    path = municipality.path
    for source, target in AreaLink.objects.filter(area__path__startswith=path).values_list("area_id", "neighbour_id"):
        links.setdefault(source, []).append(target)
    linked = {pk for targets in links.values() for pk in targets}
    areas = (
        Area.objects.filter(Q(path__startswith=path, kind=AreaKind.VILLAGE) | Q(pk__in=linked))
        .select_related("parent__municipality")
        .order_by("-inhabitants", "slug")
    )
    found = list(areas)
    return Site(
        municipality=municipality,
        villages=tuple(a for a in found if str(a.path).startswith(path)),
        outside=tuple(a for a in found if not str(a.path).startswith(path)),
        links={source: tuple(targets) for source, targets in links.items()},
    )


def municipality_at(host: str) -> Municipality | None:
    """The municipality a host name leads to; one alone answers on every host."""
    served = Municipality.objects.filter(is_served=True).select_related("area")
    by_host = served.filter(hosts__name__iexact=host).first()
    if by_host:
        return by_host
    alone = list(served[:2])
    return alone[0] if len(alone) == 1 else None


def base_url(municipality: Municipality) -> str:
    """The address links in mails and on paper begin with, without a slash at the end."""
    host = municipality.hosts.order_by("pk").values_list("name", flat=True).first() or settings.INSTALLATION_HOSTS[0]
    secure = bool(settings.SECURE_HSTS_SECONDS)
    return f"{'https' if secure else 'http'}://{host}"


def is_public_host(host: str) -> bool:
    """Whether strangers could reach that name: not a loopback or private address, nor a name for local use."""
    name = host.lower().rstrip(".").strip("[]")
    try:
        return ipaddress.ip_address(name).is_global
    except ValueError:
        return "." in name and not name.endswith(LOCAL_ENDINGS)


def reserved_words() -> frozenset[str]:
    """First words of all addresses in every language: no village may be called so."""
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
