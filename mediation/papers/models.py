"""The book of numbers: one line for each that was given. Lines are added and voided, never taken away."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.case.models import Case
from mediation.papers.rules import Made


class NumberedPaper(Model):
    """A number of an organisation, and what it was given to. What a notice says and why it is void are locked.

    ``sha256`` is the hash of what a notice says, and ``mends`` the paper that it corrects.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    org = fields.ForeignKeyField(Org, "numbered", on_delete=fields.RESTRICT)
    case = fields.ForeignKeyField(Case, "numbered", on_delete=fields.RESTRICT)
    series = fields.CharField(max_length=16)
    year = fields.SmallIntField()
    seq = fields.IntField()
    number = fields.CharField(max_length=64, unique=True)
    made = fields.CharEnumField(Made, max_length=12)
    by = fields.ForeignKeyField(Person, "numbered", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    body = fields.TextField(default="")
    sha256 = fields.CharField(max_length=64, default="")
    mends: fields.ForeignKeyNullableRelation["NumberedPaper"] = fields.ForeignKeyField(
        "heyi.NumberedPaper", "mended", null=True, on_delete=fields.RESTRICT
    )
    voided_at = fields.DatetimeField(null=True)
    voided_by = fields.ForeignKeyField(Person, "numbers_voided", null=True, on_delete=fields.RESTRICT)
    void_reason = fields.TextField(default="")

    org_id: int
    case_id: int
    by_id: int
    mends_id: int | None
    voided_by_id: int | None

    class Meta:
        table = "numbered_paper"
        unique_together = (("org", "series", "year", "seq"),)
        indexes = (("community_id", "org_id"), ("case_id", "id"), ("mends_id",))
