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
