"""The index: which word stands in which entry, and how much it counts there. All of it can be made anew at any time."""

from __future__ import annotations

from django.db import models

from dorfplatz.entries.models import Entry

LONGEST_TERM = 48


class Word(models.Model):
    """A term: a word as written, its stem, a part of it, a theme (“#bakery”) or an area (“@12”)."""

    text = models.CharField(max_length=LONGEST_TERM, unique=True)


class Posting(models.Model):
    """A term in an entry. `scope` is the municipality's area, so that costs do not grow with other municipalities."""

    word = models.ForeignKey(Word, models.CASCADE, related_name="+", db_index=False)
    scope = models.BigIntegerField()
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    weight = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["scope", "word", "entry", "weight"], name="posting_lookup")]
        constraints = [models.UniqueConstraint(fields=["word", "scope", "entry"], name="posting_once")]


class Spelling(models.Model):
    """A way to a word for those who write it otherwise: its beginning, or itself with one letter left out."""

    key = models.CharField(max_length=LONGEST_TERM)
    word = models.ForeignKey(Word, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="spelling_once")]
