"""Comments on entries: flat, with answers one level down."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.comments.enums import CommentState
from dorfplatz.entries.models import Entry
from dorfplatz.members.models import Identity


class Discussion(models.Model):
    """Whether an entry takes comments, where somebody has said so. Those that are there stay readable."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="discussion")
    is_open = models.BooleanField()


class Comment(models.Model):
    """What somebody says about an entry, under her own name. Without an author: she has left."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    author = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    body = models.TextField(max_length=5_000, blank=True)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=8, choices=CommentState, default=CommentState.THERE)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(max_length=64, unique=True, help_text="idempotency key of the form")

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [
            models.Index(fields=["entry", "written_at"], name="comment_of_entry"),
            models.Index(fields=["author", "-written_at"], name="comment_author"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommentState.values), name="comment_state_known"),
            models.CheckConstraint(condition=~Q(state="removed") | Q(body=""), name="comment_removed_is_empty"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class CommentText(models.Model):
    """A comment in another language, by a person. `source_hash` tells whether the comment has changed since.

    Without a person: she has left.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    body = models.TextField(max_length=7_500)
    source_hash = models.CharField(max_length=64)
    written_by = models.ForeignKey(Identity, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "language"], name="comment_text_once_per_language")]

    def __str__(self) -> str:
        return f"comment {self.comment_id} in {self.language}"
