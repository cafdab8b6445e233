"""Where a job stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    PARKED = "parked", _("Parked")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


LIVE = (JobState.WAITING, JobState.RUNNING)
OVER = (JobState.DONE, JobState.DROPPED)
