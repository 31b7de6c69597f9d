"""The announced years as imported."""

from tortoise import fields
from tortoise.models import Model


class CalendarYear(Model):
    """One year whose days off were imported. ``sha256`` is of the file, and changes whenever the days do."""

    id = fields.IntField(primary_key=True)
    year = fields.SmallIntField(unique=True)
    sha256 = fields.CharField(max_length=64)
    source = fields.CharField(max_length=200, default="")
    imported_at = fields.DatetimeField()

    class Meta:
        table = "calendar_year"


class CalendarDay(Model):
    """One day that an imported year arranges: off, or a weekend day worked in exchange."""

    id = fields.IntField(primary_key=True)
    year = fields.SmallIntField()
    date = fields.DateField()
    is_off = fields.BooleanField()
    name = fields.CharField(max_length=32, default="")

    class Meta:
        table = "calendar_day"
        unique_together = (("year", "date"),)
