"""Choices of the social map, mostly those of Open Referral HSDS 3.0."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceKind(TextChoices):
    ORGANIZATION = "organization", _("Organisation")
    SERVICE = "service", _("Service")
    LOCATION = "location", _("Place")


class OfferedBy(TextChoices):
    NEIGHBOUR = "neighbour", _("Neighbours")
    VOLUNTEER = "volunteer", _("Volunteers")
    PROFESSIONAL = "professional", _("Professionals")
    BUSINESS = "business", _("Business")
    MUNICIPALITY = "municipality", _("Municipality")


class StepFree(TextChoices):
    UNKNOWN = "unknown", _("not known")
    YES = "yes", _("step-free")
    LIMITED = "limited", _("step-free in part")
    NO = "no", _("not step-free")


class Generation(IntegerChoices):
    """Bits of a set: for whom something is above all. An empty set means everybody."""

    CHILDREN = 1, _("Children")
    YOUTH = 2, _("Young people")
    FAMILIES = 4, _("Families")
    ADULTS = 8, _("Adults")
    OLDER = 16, _("Older people")


class Status(TextChoices):
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused for now")
    CLOSED = "closed", _("closed for good")


class CorrectionState(TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    DECLINED = "declined", _("left as it is")


class ClaimState(TextChoices):
    OPEN = "open", _("waits for an answer")
    GIVEN = "given", _("yes")
    DECLINED = "declined", _("no")
    WITHDRAWN = "withdrawn", _("taken back")


# HSDS names the languages a service is offered in; these are the ones the facet offers.
SPOKEN_LANGUAGES = ("de", "nl", "en", "pl", "tr", "ar", "uk", "fr", "ru")

ADD = "places.add"
EDIT = "places.edit"
TAXONOMY = "places.taxonomy"
