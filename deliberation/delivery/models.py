"""Deliveries as stored."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.ballot.models import Ballot
from deliberation.ballot.roll import How
from deliberation.body.models import RollHead


class BallotDelivery(Model):
    """One attempt to reach one head with the ballot. Never changed, only struck out with a reason.

    ``sha256`` and ``file`` name the scan or photograph kept as evidence; ``warned`` says that the paper or the page
    carried the warning of what silence means.
    """

    id = fields.BigIntField(primary_key=True)
    community_id = fields.IntField()
    ballot = fields.ForeignKeyField(Ballot, "deliveries", on_delete=fields.RESTRICT)
    head = fields.ForeignKeyField(RollHead, "deliveries", on_delete=fields.RESTRICT)
    how = fields.CharEnumField(How, max_length=16)
    served_at = fields.DatetimeField()
    batch = fields.CharField(max_length=24)
    file = fields.CharField(max_length=16, default="")
    sha256 = fields.CharField(max_length=64, default="")
    warned = fields.BooleanField(default=False)
    witness = fields.CharField(max_length=40, default="")
    note = fields.CharField(max_length=200, default="")
    meeting_id = fields.IntField(null=True)
    by = fields.ForeignKeyField(Person, "deliveries", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    struck_at = fields.DatetimeField(null=True)
    struck_by_id = fields.IntField(null=True)
    struck_why = fields.CharField(max_length=200, default="")

    ballot_id: int
    head_id: int
    by_id: int

    class Meta:
        table = "ballot_delivery"
        unique_together = (("ballot", "head", "batch"),)
        indexes = (("ballot_id", "struck_at"),)
