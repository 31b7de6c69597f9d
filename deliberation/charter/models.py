"""The versions of a body's rules of procedure, and their clauses, as stored."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.body.models import Body
from deliberation.charter.rules import Adoption, Clause, Point


class Charter(Model):
    """One version of the rules of procedure of a body. Never changed: what is amended is a new version.

    ``ballot_id`` is the ballot that adopted it, else ``file`` is the scan of the paper and ``sha256`` its hash.
    ``seal`` is the hash of its clauses and days. It holds from ``valid_from`` until the next one does.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    body = fields.ForeignKeyField(Body, "charters", on_delete=fields.RESTRICT)
    number = fields.SmallIntField()
    adoption = fields.CharEnumField(Adoption, max_length=8)
    ballot_id = fields.IntField(null=True)
    file = fields.CharField(max_length=16, default="")
    sha256 = fields.CharField(max_length=64, default="")
    adopted_on = fields.DateField()
    valid_from = fields.DateField()
    seal = fields.CharField(max_length=64)
    registered_by = fields.ForeignKeyField(Person, "charters", on_delete=fields.RESTRICT)
    registered_at = fields.DatetimeField()

    body_id: int

    class Meta:
        table = "charter"
        unique_together = (("body", "number"),)
        indexes = (("community_id", "id"), ("body_id", "valid_from"))


class CharterClause(Model):
    """What one article of a version says about one point."""

    id = fields.IntField(primary_key=True)
    charter = fields.ForeignKeyField(Charter, "clauses", on_delete=fields.RESTRICT)
    point = fields.CharEnumField(Point, max_length=16)
    value = fields.CharField(max_length=64)
    article = fields.SmallIntField()

    charter_id: int

    class Meta:
        table = "charter_clause"
        unique_together = (("charter", "point"),)

    @property
    def clause(self) -> Clause:
        """Return it as the rules read it."""
        return Clause(self.point, self.value, self.article)
