"""One row per thing that happened, one per consumer that must hear of it, one per link of the chain."""

from tortoise import fields
from tortoise.models import Model


class Event(Model):
    """A fact. Written once, in the transaction that made it true, and never changed."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=48)
    subject = fields.CharField(max_length=64)
    community_id = fields.IntField(null=True)
    actor_id = fields.IntField(null=True)
    for_id = fields.IntField(null=True)
    at = fields.DatetimeField()
    body = fields.TextField()

    class Meta:
        table = "event"
        indexes = (("subject", "id"), ("community_id", "kind", "id"))


class Delivery(Model):
    """One consumer still has to hear of one event."""

    id = fields.BigIntField(primary_key=True)
    event = fields.ForeignKeyField(Event, "deliveries", on_delete=fields.RESTRICT)
    consumer = fields.CharField(max_length=16)
    tries = fields.SmallIntField(default=0)
    due_at = fields.DatetimeField()

    event_id: int

    class Meta:
        table = "delivery"
        indexes = (("consumer", "due_at", "id"),)


class Seal(Model):
    """One link of the hash chain over events, in the order in which they were sealed."""

    id = fields.BigIntField(primary_key=True)
    seq = fields.BigIntField(unique=True)
    event_id = fields.BigIntField(unique=True)
    previous = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "seal"
