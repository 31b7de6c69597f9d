"""Mandates as stored."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollHead


class Mandate(Model):
    """One voice lent to an agent for one ballot.

    ``voice`` is the key under which the principal speaks for the head, ``instruction`` what the agent must cast
    (None: as the agent sees fit). ``live`` is true until it is withdrawn and null after, so that a voice is lent once.
    ``read_by_id`` is the clerk who read the paper, None when the principal gave it here after proving who they are.
    """

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    ballot = fields.ForeignKeyField(Ballot, "mandates", on_delete=fields.RESTRICT)
    head = fields.ForeignKeyField(RollHead, "mandates", on_delete=fields.RESTRICT)
    voice = fields.CharField(max_length=32)
    resident_id = fields.IntField()
    agent = fields.ForeignKeyField(Person, "mandates", on_delete=fields.RESTRICT)
    instruction: Choice | None = fields.CharEnumField(Choice, max_length=8, null=True)  # type: ignore[assignment]
    file = fields.CharField(max_length=16, default="")
    sha256 = fields.CharField(max_length=64, default="")
    read_by_id = fields.IntField(null=True)
    given_by = fields.ForeignKeyField(Person, "mandates_given", on_delete=fields.RESTRICT)
    given_at = fields.DatetimeField()
    live = fields.BooleanField(null=True, default=True)
    withdrawn_at = fields.DatetimeField(null=True)
    withdrawn_by_id = fields.IntField(null=True)
    withdrawn_why = fields.CharField(max_length=200, default="")
    used_at = fields.DatetimeField(null=True)

    ballot_id: int
    head_id: int
    agent_id: int

    class Meta:
        table = "mandate"
        unique_together = (("ballot", "head", "voice", "live"),)
        indexes = (("agent_id", "ballot_id"),)
