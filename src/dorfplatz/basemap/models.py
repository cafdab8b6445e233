"""Which base map a municipality has, and the streets and houses it can be searched for."""

from __future__ import annotations

from django.db import models

from dorfplatz.villages.models import Municipality


class BaseMap(models.Model):
    """One file of tiles. Its name ends in a part of its hash: under one name there are always the same bytes."""

    municipality = models.OneToOneField(Municipality, models.CASCADE, primary_key=True, related_name="base_map")
    file = models.CharField(max_length=100, help_text="name in the folder “maps”")
    size = models.PositiveBigIntegerField(help_text="bytes")
    made_of = models.CharField(max_length=64, help_text="hash of the extract, the box and our way of drawing")
    data_at = models.DateTimeField(null=True, blank=True, help_text="from when the data are, if the extract says it")
    made_at = models.DateTimeField()
    is_on = models.BooleanField(default=True)
    streets_count = models.PositiveIntegerField(default=0)
    houses_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.file)


class Street(models.Model):
    """A street in a village, with a point in its middle. One that runs through two villages is there twice."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    place = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=100, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "place", "name"], name="street_once_in_a_village")
        ]

    def __str__(self) -> str:
        return str(self.name)


class House(models.Model):
    """One house number of a street."""

    street = models.ForeignKey(Street, models.CASCADE, related_name="houses")
    number = models.CharField(max_length=100)
    postcode = models.CharField(max_length=100, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["street", "number"], name="house_number_once_in_a_street")]

    def __str__(self) -> str:
        return str(self.number)
