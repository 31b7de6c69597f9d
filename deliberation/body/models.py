"""Bodies and their rolls as stored."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from community.places.models import Place, Resident, Unit, UnitKind
from deliberation.body.rules import Basis, BodyKind, Proof


class Body(Model):
    """One assembly that decides for a place.

    Its rules of procedure may say how many second an ordinary matter (``seconds_percent`` of the roll, None when they
    say nothing, and at least ``seconds_least`` heads) and how many hours there are to confirm (0 when nothing is said).
    ``show_days`` is how long it shows a result, never under the preset.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    place = fields.ForeignKeyField(Place, "bodies", on_delete=fields.RESTRICT)
    kind = fields.CharEnumField(BodyKind, max_length=24)
    name = fields.CharField(max_length=64)
    founded_at = fields.DatetimeField()
    show_days = fields.SmallIntField(default=15)
    seconds_percent = fields.IntField(null=True)
    seconds_least = fields.IntField(default=0)
    confirm_hours = fields.IntField(default=0)
    rules_of = fields.DateField(null=True)
    ended_at = fields.DatetimeField(null=True)
    ended_why = fields.CharField(max_length=300, default="")

    place_id: int

    class Meta:
        table = "body"
        indexes = (("community_id", "id"), ("place_id", "kind"))


class RollVersion(Model):
    """The roll of a body as it stood at one instant. Never changed: a new one is a new version.

    ``corrects_id`` is the objection that was upheld and called for this version.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    body = fields.ForeignKeyField(Body, "rolls", on_delete=fields.RESTRICT)
    number = fields.IntField()
    basis = fields.CharEnumField(Basis, max_length=12)
    content_hash = fields.CharField(max_length=64)
    heads = fields.IntField()
    area = fields.BigIntField()
    frozen_at = fields.DatetimeField()
    frozen_by_id = fields.IntField()
    published_from = fields.DatetimeField()
    objection_until = fields.DatetimeField()
    corrects_id = fields.IntField(null=True)

    body_id: int

    class Meta:
        table = "roll_version"
        unique_together = (("body", "number"),)


class RollHead(Model):
    """One voice on a roll: a resident, a household, or an exact set of owners. ``area`` is in 0.01 m²."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    roll = fields.ForeignKeyField(RollVersion, "voices", on_delete=fields.RESTRICT)
    key = fields.CharField(max_length=1000)
    label = fields.CharField(max_length=96)
    area = fields.BigIntField(default=0)
    parts = fields.IntField(default=1)

    roll_id: int

    class Meta:
        table = "roll_head"
        unique_together = (("roll", "key"),)


class RollEntry(Model):
    """One exclusive part, or one person without one, as it counts for its head. ``area`` is in 0.01 m²."""

    id = fields.IntField(primary_key=True)
    head = fields.ForeignKeyField(RollHead, "entries", on_delete=fields.RESTRICT)
    roll_id = fields.IntField()
    key = fields.CharField(max_length=32)
    kind: UnitKind | None = fields.CharEnumField(UnitKind, max_length=8, null=True)  # type: ignore[assignment]
    building = fields.CharField(max_length=64, default="")
    area = fields.IntField(null=True)

    head_id: int

    class Meta:
        table = "roll_entry"
        unique_together = (("roll_id", "key"),)


class RollVoice(Model):
    """A resident of the roll who may act for a head, and the key under which they speak for it alone."""

    id = fields.IntField(primary_key=True)
    head = fields.ForeignKeyField(RollHead, "acting", on_delete=fields.RESTRICT)
    roll_id = fields.IntField()
    resident_id = fields.IntField()
    key = fields.CharField(max_length=32)

    head_id: int

    class Meta:
        table = "roll_voice"
        unique_together = (("roll_id", "resident_id", "head"),)


class HouseholdRep(Model):
    """Who speaks for the household of a unit from ``since`` until ``until``, and who took that declaration down."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    unit = fields.ForeignKeyField(Unit, "declared", on_delete=fields.RESTRICT)
    resident = fields.ForeignKeyField(Resident, "declared", on_delete=fields.RESTRICT)
    since = fields.DateField()
    until = fields.DateField(null=True)
    proof = fields.CharEnumField(Proof, max_length=8)
    declared_by = fields.ForeignKeyField(Person, "declared", on_delete=fields.RESTRICT)
    declared_at = fields.DatetimeField()

    unit_id: int
    resident_id: int

    class Meta:
        table = "household_rep"
        indexes = (("community_id", "unit_id", "id"),)
