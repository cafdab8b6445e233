"""Who somebody is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from dorfplatz.members.card_code import new_code
from dorfplatz.members.models.logins import Login
from dorfplatz.villages.models import Area


class Identity(models.Model):
    """A person on the square, with or without a login (somebody without internet has none)."""

    login = models.OneToOneField(Login, models.SET_NULL, null=True, blank=True, related_name="identity")
    name = models.CharField(max_length=80)
    home_area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=5, default="de")
    introduction: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    is_blocked = models.BooleanField(default=False)
    # Names this person in addresses: nobody guesses one, and none tells how many there are.
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    is_known = models.BooleanField(default=True, help_text="neighbours know this person")
    is_page_hidden = models.BooleanField(default=False, help_text="what she says of herself is seen by nobody near")
    no_writing_until = models.DateTimeField(null=True, blank=True, help_text="sets nothing out until then")
    no_letters_until = models.DateTimeField(null=True, blank=True, help_text="writes no letters until then")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "identities"
        indexes = [
            models.Index(fields=["home_area", "name", "id"], name="identity_by_name"),
            models.Index(fields=["created_at", "id"], condition=Q(is_known=False), name="identity_newcomers"),
        ]

    def __str__(self) -> str:
        return self.name

    def curbs_at(self, now: datetime) -> frozenset[str]:
        """What was taken from this person for a while, in the words of `kernel.actor.Actor.curbs`."""
        until = {"write": self.no_writing_until, "letters": self.no_letters_until}
        return frozenset(name for name, moment in until.items() if moment and moment > now)

    @property
    def told_home(self) -> Area | None:
        """The village that stands beside her name; of somebody under 16 nobody is told where she lives.

        No query where it is read with `joining`.
        """
        joining = getattr(self, "joining", None)
        return None if joining is not None and joining.is_minor else self.home_area

    @property
    def may_work(self) -> bool:
        """Whether this person can log in and do something at all."""
        return not self.is_blocked and self.login is not None and self.login.is_active
