"""What falls due, as stored."""

from tortoise import fields
from tortoise.models import Model


class Timer(Model):
    """At ``due_at`` something of ``kind`` happens to ``subject``, once. ``mark`` tells apart several of one kind."""

    id = fields.BigIntField(primary_key=True)
    community_id = fields.IntField(null=True)
    kind = fields.CharField(max_length=48)
    subject = fields.CharField(max_length=64)
    mark = fields.CharField(max_length=40)
    due_at = fields.DatetimeField()
    try_at = fields.DatetimeField()
    tries = fields.SmallIntField(default=0)
    fired_at = fields.DatetimeField(null=True)

    class Meta:
        table = "timer"
        unique_together = (("kind", "subject", "mark"),)
        indexes = (("fired_at", "try_at", "id"), ("subject", "kind"))


class Beat(Model):
    """That the platform was at work: the last time by its own clock, and by the clock of the machine. One row."""

    id = fields.SmallIntField(primary_key=True)
    at = fields.DatetimeField()
    real_at = fields.DatetimeField()

    class Meta:
        table = "beat"


class Outage(Model):
    """From ``since`` until ``until`` the platform was away: noticed by itself, or written down by its operator."""

    id = fields.IntField(primary_key=True)
    since = fields.DatetimeField()
    until = fields.DatetimeField()
    noted_at = fields.DatetimeField()
    why = fields.CharField(max_length=300, default="")

    class Meta:
        table = "outage"
        indexes = (("until",),)
