"""Places and property as stored."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.places.rules import AreaSource, PlaceKind, UnitKind

__all__ = [
    "AreaChange",
    "AreaSource",
    "Ownership",
    "Place",
    "PlaceKind",
    "Resident",
    "SheetOnHold",
    "Unit",
    "UnitKind",
]


class Place(Model):
    """One division, from a province down to a building."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharEnumField(PlaceKind, max_length=16)
    name = fields.CharField(max_length=64)
    code = fields.CharField(max_length=24, unique=True)
    parent: fields.ForeignKeyNullableRelation["Place"] = fields.ForeignKeyField(
        "heyi.Place", "children", null=True, on_delete=fields.RESTRICT
    )
    path = fields.CharField(max_length=128, default="/")
    community_id = fields.IntField(null=True)
    pinyin = fields.CharField(max_length=96, default="")

    parent_id: int | None

    class Meta:
        table = "place"
        indexes = (("path",), ("community_id", "kind"), ("parent_id", "name"))

    @property
    def ancestors(self) -> list[int]:
        """Return the ids from the root down to this place itself."""
        return [int(part) for part in self.path.strip("/").split("/") if part]


class Unit(Model):
    """One separately owned part: a flat, a shop, a parking space. ``area`` is in 0.01 m²."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    building = fields.ForeignKeyField(Place, "units", on_delete=fields.RESTRICT)
    number = fields.CharField(max_length=24)
    kind = fields.CharEnumField(UnitKind, max_length=8, default=UnitKind.HOME)
    area = fields.IntField()
    area_source = fields.CharEnumField(AreaSource, max_length=8, default=AreaSource.REGISTER)
    delivered = fields.BooleanField(default=True)

    building_id: int

    class Meta:
        table = "unit"
        unique_together = (("building", "number"),)
        indexes = (("community_id", "building_id"),)


class Resident(Model):
    """One person on the roll of a community, known to the committee before any account exists.

    ``unit`` is where they live; an owner who lives elsewhere has none. ``ref`` is the committee's own
    number for them. ``person_id`` is the account matched with this row, at most one.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    ref = fields.CharField(max_length=24, null=True)
    unit = fields.ForeignKeyField(Unit, "residents", null=True, on_delete=fields.RESTRICT)
    name = fields.CharField(max_length=64)
    born_on = fields.DateField(null=True)
    household_rep = fields.BooleanField(default=False)
    moved_in = fields.DateField(null=True)
    moved_out = fields.DateField(null=True)
    person_id = fields.IntField(null=True, unique=True)
    slip_hash = fields.CharField(max_length=64, null=True, unique=True)
    slip_until = fields.DatetimeField(null=True)

    unit_id: int | None

    class Meta:
        table = "resident"
        indexes = (("community_id", "unit_id"), ("community_id", "name"), ("unit_id",))


class Ownership(Model):
    """``owner`` holds ``num/den`` of ``unit`` from ``since`` until ``until``. Developer stock has no resident."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    unit = fields.ForeignKeyField(Unit, "ownerships", on_delete=fields.RESTRICT)
    resident = fields.ForeignKeyField(Resident, "ownerships", null=True, on_delete=fields.RESTRICT)
    holder_name = fields.CharField(max_length=64, default="")
    developer = fields.BooleanField(default=False)
    num = fields.IntField(default=1)
    den = fields.IntField(default=1)
    since = fields.DateField()
    until = fields.DateField(null=True)

    unit_id: int
    resident_id: int | None

    class Meta:
        table = "ownership"
        indexes = (("community_id", "unit_id"), ("resident_id",))


class AreaChange(Model):
    """A floor area that an import replaced, in 0.01 m²."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    unit = fields.ForeignKeyField(Unit, "area_changes", on_delete=fields.RESTRICT)
    old = fields.IntField()
    new = fields.IntField()
    old_source = fields.CharEnumField(AreaSource, max_length=8)
    new_source = fields.CharEnumField(AreaSource, max_length=8)
    changed_by_id = fields.IntField(null=True)
    at = fields.DatetimeField()

    unit_id: int

    class Meta:
        table = "area_change"
        indexes = (("community_id", "unit_id"),)


class SheetOnHold(Model):
    """A roll file that was looked through and waits for its clerk to confirm it. Its content is encrypted."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    person_id = fields.IntField()
    sha256 = fields.CharField(max_length=64)
    sealed = fields.TextField()
    complete = fields.BooleanField(default=False)
    until = fields.DatetimeField()

    class Meta:
        table = "sheet_on_hold"
        indexes = (("community_id", "person_id"), ("until",))
