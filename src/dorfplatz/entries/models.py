"""The spine: one row for everything set out on the square."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.sight import Seen, Sight
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import slug
from dorfplatz.media.models import Picture
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area

# Crockford's base 32 without letters that are mistaken for digits: read aloud and typed from paper.
CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
CODE_LENGTH = 7


def new_code() -> str:
    """A short public id, 35 random bits; the unique constraint decides the rare collision."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, viewer: Actor, *, now: datetime | None = None) -> EntryQuerySet:
        """The only door to lists: what `policies.can_view` allows this viewer at this moment."""
        if viewer.is_system:
            return self
        return self.filter(Seen(Sight.of(viewer, now or timezone.now())))

    def in_areas(self, area_ids: set[int] | frozenset[int]) -> EntryQuerySet:
        """Entries set out in any of these areas, each once."""
        # IN, not EXISTS: SQLite would look through the entries of all areas, and ask of each where it is set out.
        return self.filter(pk__in=EntryArea.objects.filter(area_id__in=area_ids).values("entry_id"))


class Entry(models.Model):
    """What all kinds share and offices ask for. `code` is the public id of addresses and QR codes, kept for ever."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    kind = models.CharField(max_length=20)
    areas = models.ManyToManyField(Area, through="EntryArea", related_name="+")
    author = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=50_000, blank=True)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    is_for_municipality = models.BooleanField(
        default=False, help_text="whether municipal officers, as such, read what is for members"
    )
    circle = models.BigIntegerField(null=True, blank=True, help_text="plain id of a group whose members see it")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True, help_text="a draft that appears by itself, and when")
    published_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    check_due_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=20, blank=True, help_text="“” by people here, else the importer’s name")
    uri = models.CharField(max_length=500, blank=True, help_text="address of the original elsewhere")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["kind", "state", "-published_at"], name="entry_feed"),
            models.Index(fields=["author", "state"], name="entry_author"),
            models.Index(fields=["expires_at"], name="entry_expiry", condition=Q(expires_at__isnull=False)),
            models.Index(fields=["check_due_at"], name="entry_check_due", condition=Q(check_due_at__isnull=False)),
            models.Index(fields=["publish_at"], name="entry_publish_at", condition=Q(publish_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="entry_state_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="entry_audience_known"),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(state__in=[State.DRAFT, State.REMOVED]),
                name="entry_publish_at_is_a_drafts",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="entry_point_on_earth",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False), name="entry_published_at_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__lte=models.F("ends_at")), name="entry_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @property
    def texts_by_people(self) -> list[EntryText]:
        """The versions in other languages that people wrote; `texts` has the machine's, too."""
        return [text for text in self.texts.all() if not text.made_with]

    @property
    def point(self) -> Point | None:
        return Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None

    @property
    def title_words(self) -> str:
        """The words of its address."""
        return slug(self.title) or self.kind


class EntryArea(models.Model):
    """Where an entry is set out: villages, or a whole municipality."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="placements")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "area"], name="entry_in_area_once")]
        indexes = [models.Index(fields=["area", "entry"], name="entry_area_entries")]


class EntryText(models.Model):
    """The entry in a second language: by a person, or by a machine, `made_with` which model.

    `source_hash` tells whether the original has changed since a person wrote it; the machine's words go at once.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=50_000, blank=True)
    source_hash = models.CharField(max_length=64)
    written_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    made_with = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "language"], condition=Q(made_with=""), name="entry_text_by_people_once"
            ),
            models.UniqueConstraint(
                fields=["entry", "language"], condition=~Q(made_with=""), name="entry_text_by_machine_once"
            ),
        ]


class EntryVersion(models.Model):
    """What an entry said before somebody changed it. Who wrote that, and when; for its author and those in charge."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions")
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=50_000, blank=True)
    language = models.CharField(max_length=5)
    written_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    replaced_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["-replaced_at", "-pk"]
        indexes = [models.Index(fields=["entry", "-replaced_at"], name="entry_version_newest")]


class EntryRemoval(models.Model):
    """How an entry was removed: whoever did so can undo it while the row is kept."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="removal")
    removed_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField()
    state_before = models.CharField(max_length=10, choices=State)


class EntryPicture(models.Model):
    """A picture of an entry, in the order shown; without an entry, one chosen in a form that is still open."""

    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="pictures")
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="+")
    form_key = models.CharField(max_length=64, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["form_key"], name="entry_picture_chosen", condition=~Q(form_key=""))]
        constraints = [
            models.UniqueConstraint(fields=["entry", "picture"], name="entry_picture_once"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, form_key="") | Q(entry__isnull=True) & ~Q(form_key=""),
                name="entry_picture_hangs_or_waits",
            ),
        ]


class SentForm(models.Model):
    """A form that wrote an entry: sent again, by a double tap, the back button or a lost answer, it still wrote one."""

    key = models.CharField(max_length=64, unique=True)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()


class EntrySprout(models.Model):
    """What came of an entry: an ask of a wish. One thing grows out of one other at most."""

    seed = models.ForeignKey(Entry, models.CASCADE, related_name="sprouts")
    grown = models.OneToOneField(Entry, models.CASCADE, related_name="seed")
    grown_at = models.DateTimeField()


class EntryTextVersion(models.Model):
    """What a person's version said before somebody improved it: who wrote that, and when."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="text_versions")
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=50_000, blank=True)
    written_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["-replaced_at", "-pk"]
        indexes = [models.Index(fields=["entry", "language", "-replaced_at"], name="entry_text_version_newest")]


class AwaitedText(models.Model):
    """An entry that is to be translated by machine; first those that a reader asked for, then the newest.

    `tries` is how often the engine failed at it: whatever it fails at waits behind what it has not tried.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="awaited_texts")
    language = models.CharField(max_length=5)
    is_asked = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-is_asked", "tries", "-entry_id", "language"]
        indexes = [models.Index(fields=["-is_asked", "tries", "-entry_id", "language"], name="awaited_text_next")]
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="awaited_text_once_per_language")]
