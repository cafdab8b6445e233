"""What was done: one row per deed, appended only, each sealed together with the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

FIRST_SEAL = "0" * 64


class AppendOnly(TypeError):
    """Somebody tried to change or remove a line of the journal."""


class ActQuerySet(models.QuerySet["Act"]):
    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ARG002  the signature is Django's
        raise AppendOnly("the journal is never rewritten")

    def delete(self) -> NoReturn:
        raise AppendOnly("the journal is never rewritten")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002  the signature is Django's
        raise AppendOnly("the journal is never rewritten")


class Act(models.Model):
    """One deed. Holds ids and names of fields only: who that was is told by `members`, what it was by its app.

    `number` counts without gaps, `seal` is the SHA-256 of the line together with the seal of the line before.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    system = models.CharField(max_length=60, blank=True)
    thing = models.CharField(max_length=80)
    area_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)
    seal = models.CharField(max_length=64)

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        indexes = [
            models.Index(fields=["thing", "number"], name="journal_act_of_thing"),
            models.Index(fields=["actor_id", "number"], name="journal_act_of_actor"),
            models.Index(fields=["area_id", "number"], name="journal_act_in_area"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="journal_act_numbers_from_one"),
            models.CheckConstraint(condition=~Q(verb="") & ~Q(thing=""), name="journal_act_has_verb_and_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.thing}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("the journal is never rewritten")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002  the signature is Django's
        raise AppendOnly("the journal is never rewritten")

    def seal_after(self, previous: str) -> str:
        """What `seal` must be when the line before carries the seal `previous`."""
        told = [
            previous,
            self.number,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.verb,
            self.actor_id,
            self.system,
            self.thing,
            self.area_id,
            self.details,
        ]
        written = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(written.encode("ascii")).hexdigest()


class Head(models.Model):
    """The last line's number and seal: one row, locked by whoever appends, so that lines cannot overtake."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, default=FIRST_SEAL)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="journal_head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.number} {self.seal[:8]}"

    def append(self, acts: Iterable[Act]) -> list[Act]:
        """Number and seal the acts in order and move the head behind them; saving is the caller's."""
        sealed = []
        for act in acts:
            self.number += 1
            act.number = self.number
            self.seal = act.seal = act.seal_after(self.seal)
            sealed.append(act)
        return sealed
