"""The social map: organisations, services and locations after Open Referral HSDS 3.0, and the taxonomy they hang on.

Every thing is one Entry, one Listing (what map, list and facets ask for) and one row of its own kind. What HSDS splits
but people see as one (a bakery and the house it is in) is one result: the minor row is `shown_with` the leading one.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.text import in_language
from dorfplatz.media.models import Picture
from dorfplatz.members.models import Identity, Invitation
from dorfplatz.places.enums import ClaimState, CorrectionState, OfferedBy, Status, StepFree
from dorfplatz.villages.models import Area, Municipality


class Category(models.Model):
    """A term of the two-level taxonomy; the standard ones are everybody's, others belong to one municipality."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    municipality = models.ForeignKey(Municipality, models.CASCADE, null=True, blank=True, related_name="+")
    slug = models.SlugField(max_length=60)
    name: models.JSONField[Any, Any] = models.JSONField()
    osm_tags: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    icon = models.CharField(max_length=40)
    shape = models.CharField(max_length=10, help_text="a pin’s shape, of ui.pins")
    colour = models.CharField(max_length=20, help_text="a colour token of the look")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(municipality__isnull=True), name="category_standard_slug_once"
            ),
            models.UniqueConstraint(fields=["municipality", "slug"], name="category_own_slug_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="category_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return in_language(self.name, "de")


class CategoryChoice(models.Model):
    """What a municipality changed about a standard category: another name, or not shown."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="choices")
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    name: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    osm_tags: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "municipality"], name="category_choice_once")]


class Listing(models.Model):
    """What the social map knows about a thing, whatever its kind: all that lists, pins and facets ask for.

    `opening_hours` is in OpenStreetMap's syntax (opening_hours specification), "" when unknown. `generations` is a
    bit set of enums.Generation, 0 for everybody. Notes are texts by language.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="listing")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    categories = models.ManyToManyField(Category, through="ListingCategory", related_name="+")
    shown_with = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    offered_by = models.CharField(max_length=12, choices=OfferedBy, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    is_free = models.BooleanField(null=True, blank=True)
    cost_note: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    step_free = models.CharField(max_length=8, choices=StepFree, default=StepFree.UNKNOWN)
    access_note: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    generations = models.PositiveSmallIntegerField(default=0)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    spoken_languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    opening_hours = models.CharField(max_length=500, blank=True)
    hours_note: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    alert: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    website = models.URLField(max_length=500, blank=True)
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    town = models.CharField(max_length=80, blank=True)
    service_area: models.ManyToManyField[Area, Any] = models.ManyToManyField(Area, blank=True, related_name="+")
    assured_on = models.DateField(null=True, blank=True, help_text="HSDS assured_date: last confirmed")
    assured_by = models.CharField(max_length=20, blank=True, help_text="role of who confirmed, or the source")
    missing_since = models.DateTimeField(null=True, blank=True, help_text="vanished from its source")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(shown_with=F("entry")), name="listing_not_shown_with_itself"),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=F("maximum_age")),
                name="listing_ages_in_order",
            ),
            models.CheckConstraint(condition=Q(generations__lt=32), name="listing_generations_known"),
            models.CheckConstraint(condition=Q(step_free__in=StepFree.values), name="listing_step_free_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="listing_status_known"),
        ]

    def __str__(self) -> str:
        return f"listing {self.pk}"


class ListingCategory(models.Model):
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "category"], name="listing_in_category_once")]


class Organization(models.Model):
    """HSDS organization: a club, school, parish, firm or authority."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="organization")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    legal_status = models.CharField(max_length=80, blank=True)
    founded_in = models.PositiveSmallIntegerField(null=True, blank=True)


class Location(models.Model):
    """HSDS location: a place one can go to, or the house in which an organisation is."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="location")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="locations")
    capacity = models.PositiveIntegerField(null=True, blank=True)


class Service(models.Model):
    """HSDS service: what an organisation does for people, at one or several locations."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="service")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="services")
    locations: models.ManyToManyField[Location, Any] = models.ManyToManyField(
        Location, blank=True, related_name="services"
    )
    how_to_apply: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)


class Keeper(models.Model):
    """Somebody who keeps an entry current: the editor of an organisation's page."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="keepers")
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "identity"], condition=Q(ended_at__isnull=True), name="keeper_once"
            )
        ]


class Reminder(models.Model):
    """How often a keeper was asked whether her entry is still right, for the day on which it was due then."""

    keeper = models.OneToOneField(Keeper, models.CASCADE, primary_key=True, related_name="reminder")
    due_at = models.DateTimeField()
    count = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reminder of keeper {self.keeper_id}"


class Claim(models.Model):
    """“This is ours”: a member asks to keep an entry. Until `keepers_until` its present keepers are asked alone."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="claims")
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="+")
    words = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    keepers_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.OPEN)
    decided_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "identity"], condition=Q(state=ClaimState.OPEN), name="claim_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.DECLINED) | ~Q(reason=""), name="claim_no_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.OPEN) ^ Q(decided_at__isnull=False), name="claim_open_or_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"


class HandOver(models.Model):
    """Who keeps an entry asks a successor, by an invitation. `stays` says that both keep it then."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="hand_overs")
    by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    stays = models.BooleanField()
    asked_at = models.DateTimeField()
    invitation = models.OneToOneField(Invitation, models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"hand-over {self.pk}"


class Correction(models.Model):
    """“This is wrong”: what somebody, also without an account, says about an entry."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="corrections")
    text = models.TextField(max_length=2000)
    said_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(max_length=40, unique=True, help_text="idempotency key of the form")


class SentForm(models.Model):
    """A form that added an entry: sent twice, by a double tap or a lost answer, it still adds one."""

    key = models.CharField(max_length=40, unique=True)
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()


class Photo(models.Model):
    """A picture of an entry, in the order in which it is shown."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="photos")
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["listing", "picture"], name="photo_once")]
