"""What neighbours can and like to share, and conversations in which somebody said so. Nobody else reads them: ask
`visible_to`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet

from dorfplatz.gifts.enums import RECORD, SHOWN_TO, ConsentBy, GiftPart, Often, Way
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.enums import ProfileField, Role, SeenBy
from dorfplatz.members.models import HomeBesides, Identity, ProfileLine
from dorfplatz.villages.models import Area, AreaLink

NO_DAYS = 0
LONGEST_WORDS = 120
NONE = Q(pk__in=[])


def days_in(weekdays: int) -> tuple[int, ...]:
    """Days as numbers, 0 for Monday, out of their bits."""
    return tuple(day for day in range(7) if weekdays & (1 << day))


def record_paths(viewer: Actor) -> list[str]:
    """Where the viewer is the Buurtverbinder, for herself: others hear of conversations by no other role."""
    mine = (g for g in viewer.grants if g.role == Role.CONNECTOR and RECORD in g.capabilities)
    return [grant.area_path for grant in mine] if viewer.hand_id is None else []


def homes_of(viewer: Actor) -> QuerySet[Area, Area]:
    """The villages in which the viewer is a neighbour; where she is an officer, she is a guest."""
    besides = HomeBesides.objects.filter(identity=viewer.identity_id or 0).values("area_id")
    homes = Area.objects.filter(Q(pk=viewer.home_area_id or 0) | Q(pk__in=besides))
    if not viewer.member_paths:
        return homes.none()
    for path in viewer.office_paths:
        homes = homes.exclude(path__startswith=path)
    return homes


def neighbours_named_by(path: str) -> QuerySet[AreaLink, Any]:
    """Villages outside the installation whose people belong to this municipality, as it names them."""
    served = Area.objects.filter(parent__municipality__is_served=True).values("pk")
    named = AreaLink.objects.filter(area__path__startswith=path).exclude(neighbour__in=served)
    return named.values("neighbour_id")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, viewer: Actor, *, now: datetime) -> ConversationQuerySet:
        """Connectors of the village, whoever recorded it as long as she is a connector, and whom it is about."""
        if viewer.identity_id is None or viewer.hand_id is not None:
            return self.none()
        near, paths = Q(identity_id=viewer.identity_id), record_paths(viewer)
        for path in paths:
            near |= Q(area__path__startswith=path)
        if paths:
            near |= Q(recorded_by_id=viewer.identity_id)
        return self.filter(near, until__gt=now).exclude(identity_id__in=viewer.apart_from)


class Conversation(models.Model):
    """What somebody told a connector, by her consent: how she gave it, to what in which words, and until when.

    It is with a member, or with somebody who needs no account: then her name and number stand here.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    identity = models.ForeignKey(Identity, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    consent_by = models.CharField(max_length=8, choices=ConsentBy)
    consent_words = models.TextField(max_length=600)
    purpose = models.CharField(max_length=300)
    until = models.DateTimeField(db_index=True)
    notes = models.TextField(max_length=3000, blank=True)
    next_steps = models.TextField(max_length=1000, blank=True)
    form_key = models.CharField(max_length=64, unique=True, help_text="idempotency key of the form")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(consent_by__in=ConsentBy.values), name="conversation_consent_known"),
            models.CheckConstraint(condition=Q(until__gt=F("recorded_at")), name="conversation_kept_for_a_while"),
            models.CheckConstraint(
                condition=Q(identity__isnull=False, name="") | Q(identity__isnull=True) & ~Q(name=""),
                name="conversation_with_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(consent_words="") & ~Q(purpose=""), name="conversation_says_to_what_she_agreed"
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @property
    def person_name(self) -> str:
        return self.identity.name if self.identity else self.name


class GiftQuerySet(models.QuerySet["Gift"]):
    def visible_to(self, viewer: Actor, *, now: datetime) -> GiftQuerySet:
        """The only door: what policies.can_view_gift allows."""
        told = Conversation.objects.all().visible_to(viewer, now=now)
        near = Q(owner_id=viewer.identity_id or 0) | Q(conversation__in=told)
        near |= Q(_looked_after(viewer), owner__is_blocked=False)
        open_ones = Q(owner__is_blocked=False, owner__is_known=True, owner__is_page_hidden=False)
        near |= open_ones & ~Q(owner__joining__is_minor=True) & (_of_neighbours(viewer) | _for_everybody(viewer))
        return self.filter(near).exclude(owner_id__in=viewer.apart_from)


def _looked_after(viewer: Actor) -> Q:
    near = NONE
    for path in record_paths(viewer):
        near |= Q(owner__home_area__path__startswith=path)
    return near


def _named_for(*circles: SeenBy) -> QuerySet[ProfileLine, Any]:
    """Whose name is for these circles by her own word."""
    return ProfileLine.objects.filter(field=ProfileField.NAME, seen_by__in=circles).values("identity_id")


def _of_neighbours(viewer: Actor) -> Q:
    """A gift is read with the name beside it: it reaches no further than the name."""
    homes = homes_of(viewer).values("pk")
    besides = HomeBesides.objects.filter(area__in=homes).values("identity_id")
    near = Q(owner__home_area__in=homes) | Q(owner__in=besides)
    shy = _named_for(SeenBy.ME, SeenBy.CONNECTORS)
    return near & Q(seen_by__in=[SeenBy.VILLAGES, SeenBy.PUBLIC]) & ~Q(owner__in=shy)


def _for_everybody(viewer: Actor) -> Q:
    same = NONE
    for path in viewer.member_paths:
        same |= Q(owner__home_area__path__startswith=path) | Q(owner__home_area__in=neighbours_named_by(path))
    shy = _named_for(SeenBy.ME, SeenBy.CONNECTORS, SeenBy.VILLAGES)
    named = Q(owner__in=_named_for(SeenBy.PUBLIC)) | (same & ~Q(owner__in=shy))
    return named & Q(seen_by=SeenBy.PUBLIC)


class Gift(models.Model):
    """One thing somebody can, likes to do with others, or would like to learn.

    It is a member's own, or was said in a conversation: then only connectors read it. `skill` is a code of
    skills.toml, `words` are her own in `language`; at least one of the two is there. `weekdays` has a bit for each
    day, Monday's the lowest; none means any day.
    """

    owner = models.ForeignKey(Identity, models.CASCADE, null=True, blank=True, related_name="gifts")
    conversation = models.ForeignKey(Conversation, models.CASCADE, null=True, blank=True, related_name="gifts")
    part = models.CharField(max_length=5, choices=GiftPart)
    way = models.CharField(max_length=8, choices=Way, default=Way.OFFER)
    often = models.CharField(max_length=6, choices=Often, default=Often.ASK)
    weekdays = models.PositiveSmallIntegerField(default=NO_DAYS)
    skill = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    language = models.CharField(max_length=5, blank=True)
    seen_by = models.CharField(max_length=10, choices=SeenBy, default=SeenBy.CONNECTORS)
    added_at = models.DateTimeField()

    objects = GiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, conversation__isnull=True)
                | Q(owner__isnull=True, conversation__isnull=False),
                name="gift_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(conversation__isnull=True) | Q(seen_by=SeenBy.CONNECTORS),
                name="gift_told_is_for_connectors",
            ),
            models.CheckConstraint(condition=~Q(skill="", words=""), name="gift_says_what"),
            models.CheckConstraint(condition=Q(words="") | ~Q(language=""), name="gift_words_have_a_language"),
            models.CheckConstraint(condition=Q(weekdays__lte=127), name="gift_weekdays_known"),
            models.CheckConstraint(condition=Q(part__in=GiftPart.values), name="gift_part_known"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="gift_way_known"),
            models.CheckConstraint(condition=Q(often__in=Often.values), name="gift_often_known"),
            models.CheckConstraint(condition=Q(seen_by__in=SHOWN_TO), name="gift_seen_by_known"),
            models.UniqueConstraint(
                fields=["owner", "skill", "way"], condition=~Q(skill=""), name="gift_once_for_a_member"
            ),
            models.UniqueConstraint(
                fields=["conversation", "skill", "way"], condition=~Q(skill=""), name="gift_once_in_a_conversation"
            ),
        ]
        indexes = [models.Index(fields=["skill"], name="gift_skill")]

    def __str__(self) -> str:
        return f"gift {self.pk}"

    @property
    def days(self) -> tuple[int, ...]:
        """Weekdays as numbers, 0 for Monday; none means any day."""
        return days_in(self.weekdays)
