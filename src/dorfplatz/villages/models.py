"""The tree of areas, its neighbour links, and what a municipality decides about its square."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language

from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import in_language
from dorfplatz.media.models import Picture
from dorfplatz.villages.enums import OUTSIDE_TINT, TINT_COUNT, AreaKind, LegalKind, OutlineOrigin, PageKind, Stage


class AreaQuerySet(models.QuerySet["Area"]):
    def villages(self) -> AreaQuerySet:
        return self.filter(kind=AreaKind.VILLAGE)

    def within(self, path: str) -> AreaQuerySet:
        """The area with that path and everything below it."""
        return self.filter(path__startswith=path)


class Area(models.Model):
    """A region, municipality or village. Its path is the ids from the top, "/1/4/9/", and never changes."""

    kind = models.CharField(max_length=12, choices=AreaKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=120, unique=True, null=True)
    slug = models.SlugField(max_length=60)
    name = models.JSONField(help_text="by language; “und” for all")
    country = models.CharField(max_length=2)
    lat = models.FloatField(null=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    lon = models.FloatField(null=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    inhabitants = models.PositiveIntegerField(null=True, blank=True)
    outline = models.JSONField(null=True, blank=True, help_text="GeoJSON geometry")
    outline_origin = models.CharField(max_length=8, choices=OutlineOrigin, default=OutlineOrigin.NONE)
    intro = models.JSONField(default=dict, blank=True, help_text="a few sentences, by language")
    tint = models.PositiveSmallIntegerField(default=1)
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.OPEN)
    stage_since = models.DateTimeField(null=True, blank=True, help_text="none for what has always been open")
    version = models.PositiveIntegerField(default=0, help_text="counts changes; a form opened before one is stale")
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="area_slug_unique_below_parent"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(parent__isnull=True), name="area_slug_unique_at_the_top"
            ),
            models.CheckConstraint(condition=Q(kind__in=AreaKind.values), name="area_kind_known"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="area_stage_known"),
            models.CheckConstraint(condition=Q(tint__range=(OUTSIDE_TINT, TINT_COUNT)), name="area_tint_known"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="area_centre_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name, get_language() or "de")

    @property
    def point(self) -> Point | None:
        return Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.OPEN

    @property
    def is_preparing(self) -> bool:
        return self.stage == Stage.PREPARING

    @property
    def is_soft(self) -> bool:
        return self.stage == Stage.SOFT

    @property
    def is_approximate(self) -> bool:
        return self.outline_origin == OutlineOrigin.COMPUTED


class AreaLink(models.Model):
    """One area names another as its neighbour; editable, one row a direction, also across the border."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="links")
    neighbour = models.ForeignKey(Area, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "neighbour"], name="area_link_once"),
            models.CheckConstraint(condition=~Q(area=F("neighbour")), name="area_not_its_own_neighbour"),
        ]


class Municipality(models.Model):
    """What one tenant decides: languages, look, rules. `is_served` is False for a neighbour known by name only."""

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="municipality")
    is_served = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    official_key = models.CharField(max_length=20, blank=True)
    languages = models.JSONField(default=list)
    timezone = models.CharField(max_length=40, default="Europe/Berlin")
    ring = models.JSONField(null=True, blank=True, help_text="[lon, lat] pairs of the rough outline")
    accent = models.CharField(max_length=7, default="#A63D2F")
    motto = models.JSONField(default=dict, blank=True)
    rooms_off = models.JSONField(default=list, blank=True)
    home_order = models.JSONField(default=list, blank=True, help_text="keys of the home pages' sections, as arranged")
    home_off = models.JSONField(default=list, blank=True, help_text="keys of sections that are not shown")

    class Meta:
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return str(self.area)

    @property
    def path(self) -> str:
        return str(self.area.path)

    @property
    def default_language(self) -> str:
        return str(self.languages[0]) if self.languages else "de"

    def has_room(self, room: str) -> bool:
        return room not in self.rooms_off


class Host(models.Model):
    """A host name that leads to one municipality."""

    name = models.CharField(max_length=253)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="hosts")

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="host_leads_to_one_municipality")]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """Which edition of its pages a municipality is at: counts the changes of what they show, its neighbours' too.

    A row of its own, so that who counts waits only for others who count. Whatever is made of a municipality's public
    content is as good as the edition that was read before it was made.
    """

    municipality = models.OneToOneField(Municipality, models.CASCADE, primary_key=True, related_name="edition")
    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.number}"


class FreePage(models.Model):
    """A page of the municipality's own words: about, association, funders, or any other."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="pages")
    kind = models.CharField(max_length=12, choices=PageKind, default=PageKind.FREE)
    slug = models.SlugField(max_length=60)
    title: models.JSONField[Any, Any] = models.JSONField(default=dict)
    body: models.JSONField[Any, Any] = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    is_published = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0, help_text="counts changes; a form opened before one is stale")
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="page_slug_once_per_municipality"),
            models.UniqueConstraint(
                fields=["municipality", "kind"], condition=~Q(kind=PageKind.FREE), name="page_of_a_kind_once"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title, get_language() or "de")


class LegalText(models.Model):
    """One version of the house rules or another legal text, as it was published. A row is never changed.

    Version 0 is the wording that comes with the release (`legal.shipped`) and has no row.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="legal_texts")
    kind = models.CharField(max_length=15, choices=LegalKind)
    version = models.PositiveIntegerField()
    title: models.JSONField[Any, Any] = models.JSONField(default=dict)
    body: models.JSONField[Any, Any] = models.JSONField(default=dict)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "version"], name="legal_text_version_once"),
            models.CheckConstraint(condition=Q(kind__in=LegalKind.values), name="legal_text_kind_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="legal_text_versions_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
