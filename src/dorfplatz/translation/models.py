"""What was translated, found again by what it says: the same words are translated once, whoever wrote them.

Neither table holds an original, an author or a place; who needs a text is noted in `Use`, by an app's label and the
app's own word for the thing. A text goes with its last use, a sentence with its last text.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.translation.enums import TextState


class Made(models.Model):
    """A piece of text in another language, and how it came about."""

    source_hash = models.CharField(max_length=64, help_text="of the words it was made from")
    source = models.CharField(max_length=5)
    target = models.CharField(max_length=5)
    fingerprint = models.CharField(max_length=16, help_text="of glossary, names and form of address at work in it")
    words = models.TextField()
    engine = models.CharField(max_length=20)
    model = models.CharField(max_length=60)
    path = models.CharField(max_length=20, help_text="“de-en-nl”: by way of English")
    state = models.CharField(max_length=6, choices=TextState.choices)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True


class Sentence(Made):
    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_hash", "source", "target", "fingerprint"], name="translation_sentence_once"
            ),
            models.CheckConstraint(condition=Q(state__in=TextState.values), name="translation_sentence_state_known"),
        ]

    def __str__(self) -> str:
        return f"sentence {self.pk} ({self.path})"


class Text(Made):
    sentences = models.ManyToManyField(Sentence, related_name="texts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_hash", "source", "target", "fingerprint"], name="translation_text_once"
            ),
            models.CheckConstraint(condition=Q(state__in=TextState.values), name="translation_text_state_known"),
        ]

    def __str__(self) -> str:
        return f"text {self.pk} ({self.path})"


class Use(models.Model):
    """Who needs a text: `owner` is an app's label, `thing` its word for what the text belongs to, as “12:title”."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="uses")
    owner = models.CharField(max_length=30)
    thing = models.CharField(max_length=60)
    target = models.CharField(max_length=5)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "thing", "target"], name="translation_use_once")]

    def __str__(self) -> str:
        return f"{self.owner} {self.thing} in {self.target}"
