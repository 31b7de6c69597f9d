"""What an application lacks, as it was told once, and what was brought."""

from tortoise import fields
from tortoise.models import Model

from mediation.case.models import Case


class MissingItem(Model):
    """One thing that an application lacks. What it is and what was brought are locked."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "missing_items", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    what = fields.TextField()
    given = fields.TextField(default="")
    asked_at = fields.DatetimeField()
    given_at = fields.DatetimeField(null=True)

    case_id: int

    class Meta:
        table = "missing_item"
        unique_together = (("case", "n"),)
