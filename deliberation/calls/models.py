"""Questions put to offices, and their answers, as stored."""

from datetime import datetime

from tortoise import fields
from tortoise.models import Model

from community.orgs.models import Org
from community.people.models import Person
from deliberation.calls.rules import CallKind
from deliberation.matter.models import Matter


class Call(Model):
    """One question put to one office about a matter, to be answered before ``due_at``. Public, with its answer."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "calls", on_delete=fields.RESTRICT)
    kind = fields.CharEnumField(CallKind, max_length=8)
    org = fields.ForeignKeyField(Org, "calls", on_delete=fields.RESTRICT)
    question = fields.TextField()
    asked_by = fields.ForeignKeyField(Person, "calls_made", on_delete=fields.RESTRICT)
    asked_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    late_at = fields.DatetimeField(null=True)
    answer = fields.TextField(default="")
    answered_by_id = fields.IntField(null=True)
    answered_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")

    matter_id: int
    org_id: int
    asked_by_id: int

    class Meta:
        table = "call"
        indexes = (("matter_id", "id"), ("org_id", "answered_at"))

    def is_late(self, at: datetime) -> bool:
        """Return whether it was, or still is, answered after its day."""
        return (self.answered_at or at) >= self.due_at
