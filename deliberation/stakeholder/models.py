"""Invitations by role with their positions, and declarations of interest, as stored."""

from tortoise import fields
from tortoise.models import Model

from community.orgs.models import Org
from community.people.models import Person
from deliberation.matter.models import Matter
from deliberation.stakeholder.rules import Capacity, Seat


class Slot(Model):
    """One role asked to take part in a matter: an organisation or a person, and the position they gave."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "slots", on_delete=fields.RESTRICT)
    seat = fields.CharEnumField(Seat, max_length=24)
    org: fields.ForeignKeyNullableRelation[Org] = fields.ForeignKeyField(
        "heyi.Org", "slots", null=True, on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "heyi.Person", "slots", null=True, on_delete=fields.RESTRICT
    )
    invited_by = fields.ForeignKeyField(Person, "slots_given", on_delete=fields.RESTRICT)
    invited_at = fields.DatetimeField()
    statement = fields.TextField(default="")
    stated_by_id = fields.IntField(null=True)
    stated_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")

    matter_id: int
    org_id: int | None
    person_id: int | None
    invited_by_id: int

    class Meta:
        table = "stakeholder_slot"
        indexes = (("matter_id", "id"), ("community_id", "seat"))


class Declaration(Model):
    """Whether somebody has a stake of their own in a matter. ``words`` is empty when they have none."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "declarations", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "declarations", on_delete=fields.RESTRICT)
    capacity = fields.CharEnumField(Capacity, max_length=8)
    interested = fields.BooleanField()
    words = fields.TextField(default="")
    at = fields.DatetimeField()
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")

    matter_id: int
    person_id: int

    class Meta:
        table = "declaration"
        indexes = (("matter_id", "capacity", "person_id"),)
