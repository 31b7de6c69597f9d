"""Organisations as stored."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.rules import OrgKind
from community.places.models import Place

__all__ = ["NumberSeries", "Org", "OrgKind"]


class Org(Model):
    """One organisation that acts in a place. ``counter`` says where its window is, ``hours`` when it is open."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    kind = fields.CharEnumField(OrgKind, max_length=24)
    name = fields.CharField(max_length=96)
    short_name = fields.CharField(max_length=24)
    parent: fields.ForeignKeyNullableRelation["Org"] = fields.ForeignKeyField(
        "heyi.Org", "children", null=True, on_delete=fields.RESTRICT
    )
    place = fields.ForeignKeyField(Place, "orgs", on_delete=fields.RESTRICT)
    community_id = fields.IntField(null=True)
    phone = fields.CharField(max_length=32, default="")
    counter = fields.CharField(max_length=64, default="")
    hours = fields.CharField(max_length=64, default="")
    term_from = fields.DateField(null=True)
    term_until = fields.DateField(null=True)
    seal_custodian_id = fields.IntField(null=True)

    parent_id: int | None
    place_id: int

    class Meta:
        table = "org"
        indexes = (("community_id", "kind"),)


class NumberSeries(Model):
    """The last number given out, per organisation, kind of paper and year: never reused, never skipped."""

    id = fields.IntField(primary_key=True)
    org = fields.ForeignKeyField(Org, "series", on_delete=fields.RESTRICT)
    kind = fields.CharField(max_length=16)
    year = fields.SmallIntField()
    last_number = fields.IntField(default=0)

    class Meta:
        table = "number_series"
        unique_together = (("org", "kind", "year"),)
