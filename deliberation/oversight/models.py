"""Decisions from outside and appeals against a return, as stored."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.matter.models import Matter, Screening
from deliberation.matter.states import State
from deliberation.oversight.rules import Deed, Issuer, Ruling


class Order(Model):
    """One document that stopped, resumed or undid a matter, and what the host did about it. Public.

    ``due_was`` is when the clock of the state ran out that was left.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "orders", on_delete=fields.RESTRICT)
    deed = fields.CharEnumField(Deed, max_length=20)
    was = fields.CharEnumField(State, max_length=20)
    due_was = fields.DatetimeField(null=True)
    issuer = fields.CharEnumField(Issuer, max_length=12)
    number = fields.CharField(max_length=60)
    issued_on = fields.DateField()
    reason = fields.TextField()
    by = fields.ForeignKeyField(Person, "orders_recorded", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    answer = fields.TextField(default="")
    answered_by_id = fields.IntField(null=True)
    answered_at = fields.DatetimeField(null=True)

    matter_id: int

    class Meta:
        table = "matter_order"
        indexes = (("matter_id", "id"), ("community_id", "at"))


class ReturnAppeal(Model):
    """The one appeal of an author against one return of their matter, and how it was decided. Public."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "appeals", on_delete=fields.RESTRICT)
    screening = fields.OneToOneField(Screening, "appeal", on_delete=fields.RESTRICT)
    words = fields.TextField()
    made_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    escalated_at = fields.DatetimeField(null=True)
    ruling: Ruling | None = fields.CharEnumField(Ruling, max_length=12, null=True)  # type: ignore[assignment]
    reasons = fields.TextField(default="")
    decided_by_id = fields.IntField(null=True)
    decided_at = fields.DatetimeField(null=True)

    matter_id: int
    screening_id: int

    class Meta:
        table = "matter_appeal"
        indexes = (("matter_id", "id"), ("community_id", "decided_at"))
