"""Letters between two sides: two people, or one and an organisation. Nobody else reads them: ask `visible_to`."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from dorfplatz.kernel.actor import Actor
from dorfplatz.letters.sockets import desks
from dorfplatz.media.models import Picture
from dorfplatz.members.models import Identity

CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def new_code() -> str:
    """Sixty random bits: the address of a thread is guessed by nobody."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(12))


def is_reader(viewer: Actor) -> bool:
    """Letters are for oneself: whoever acts for a person without internet does not read hers."""
    return viewer.identity_id is not None and viewer.hand_id is None


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, viewer: Actor) -> ThreadQuerySet:
        """The two between whom it is, or those who keep the organisation, as long as no block parts them."""
        if not is_reader(viewer):
            return self.none()
        theirs = Seat.objects.filter(is_desk=False).order_by().values("thread_id")
        mine = Q(pk__in=theirs.filter(identity_id=viewer.identity_id or 0))
        for key, desk in desks.items():
            mine |= Q(desk=key, desk_id__in=desk.kept_by(viewer.identity_id or 0))
        found = self.filter(mine)
        return found.exclude(pk__in=theirs.filter(identity_id__in=viewer.apart_from)) if viewer.apart_from else found


class Thread(models.Model):
    """All letters between two sides. `pair` names them, so that there is one; "" once somebody has left.

    `desk` and `desk_id` say to which organisation they go (`sockets.desks`), "" and nothing between two people.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    pair = models.CharField(max_length=60, blank=True)
    desk = models.CharField(max_length=20, blank=True)
    desk_id = models.BigIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["desk", "desk_id"], name="thread_of_desk", condition=~Q(desk=""))]
        constraints = [
            models.UniqueConstraint(fields=["pair"], condition=~Q(pair=""), name="thread_once_for_a_pair"),
            models.CheckConstraint(
                condition=Q(desk="", desk_id__isnull=True) | ~Q(desk="") & Q(desk_id__isnull=False),
                name="thread_desk_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"


class Seat(models.Model):
    """One side: up to when she has read, and up to when she has thrown letters away.

    An organisation has a seat without a person, where letters are thrown away for all who keep it, and one for each
    of them who has read. `handle` is what an address for answers by mail means.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="seats")
    identity = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    is_desk = models.BooleanField(default=False)
    read_until = models.DateTimeField(null=True, blank=True)
    thrown_until = models.DateTimeField(null=True, blank=True)
    handle = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "identity"], name="seat_once"),
            models.UniqueConstraint(fields=["handle"], condition=~Q(handle=""), name="seat_handle_once"),
        ]


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, viewer: Actor) -> LetterQuerySet:
        """Of the viewer's threads, what she, or the organisation she reads for, has not thrown away."""
        if not is_reader(viewer):
            return self.none()
        hers = Q(identity_id=viewer.identity_id, is_desk=False) | Q(identity__isnull=True, is_desk=True)
        seat = Seat.objects.filter(hers, thread=OuterRef("thread")).order_by("is_desk")
        mine = self.filter(thread__in=Thread.objects.all().visible_to(viewer))
        thrown = mine.annotate(thrown=Subquery(seat.values("thrown_until")[:1]))
        return thrown.filter(Q(thrown__isnull=True) | Q(sent_at__gt=F("thrown")))


class Letter(models.Model):
    """One letter. `is_withheld` hides its words from both after a report, until somebody has decided.

    What `is_from_desk` was written by one of those who keep the organisation, in its name.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="letters")
    author = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    is_from_desk = models.BooleanField(default=False)
    text = models.TextField(max_length=10_000, blank=True)
    sent_at = models.DateTimeField()
    is_withheld = models.BooleanField(default=False)
    is_by_mail = models.BooleanField(default=False)
    form_key = models.CharField(max_length=40, unique=True, help_text="idempotency key of the form")

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["thread", "-sent_at"], name="letter_of_thread"),
            models.Index(fields=["author", "-sent_at"], name="letter_of_author"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Enclosure(models.Model):
    """What lies in a letter: a picture, or a document as it was sent; `token` is the document's file."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="enclosures")
    picture = models.OneToOneField(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=22, blank=True)
    name = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="enclosure_file_once"),
        ]

    def __str__(self) -> str:
        return f"enclosure {self.pk}"


class InFull(models.Model):
    """Somebody wants letters by mail as they are; without a row, a mail says only that there is one."""

    identity = models.OneToOneField(Identity, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()
