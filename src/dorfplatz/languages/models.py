"""Words of a place, and what a municipality lets out of the house."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dorfplatz.languages.enums import Treatment
from dorfplatz.villages.models import Municipality


class LocalWord(models.Model):
    """A word that no engine knows: `says` is what it is in other languages, by language."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="local_words")
    language = models.CharField(max_length=5)
    word = models.CharField(max_length=80)
    treatment = models.CharField(max_length=9, choices=Treatment, default=Treatment.EXPLAINED)
    says = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["word", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "language", "word"], name="local_word_once"),
            models.CheckConstraint(condition=Q(treatment__in=Treatment.values), name="local_word_treatment_known"),
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def forms(self) -> tuple[str, ...]:
        """The word in all languages."""
        return (self.word, *(said for said in self.says.values() if said))


class OutsideTranslation(models.Model):
    """What a municipality has said to a translation service outside. Without a row: no."""

    municipality = models.OneToOneField(Municipality, models.CASCADE, primary_key=True, related_name="+")
    is_allowed = models.BooleanField()
    decided_at = models.DateTimeField()
