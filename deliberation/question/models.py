"""What candidates declared, as far as the rule asks; who belongs to which side of an opinion."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.ballot.models import Ballot
from deliberation.question.rules import Side


class BallotSide(Model):
    """That a head of an advisory ballot belongs to a side, frozen with the notice."""

    id = fields.BigIntField(primary_key=True)
    ballot = fields.ForeignKeyField(Ballot, "sides", on_delete=fields.RESTRICT)
    side = fields.CharEnumField(Side, max_length=12)
    head_id = fields.IntField()

    ballot_id: int

    class Meta:
        table = "ballot_side"
        unique_together = (("ballot", "side", "head_id"),)


class Candidacy(Model):
    """One candidate of an election: their number on the paper, and what they declared.

    ``woman`` is None until declared. ``kin`` are the numbers of close relatives who stand too or sit, parted by commas.
    ``declared_by_id`` is the candidate, or who took a signed declaration down.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    ballot = fields.ForeignKeyField(Ballot, "candidacies", on_delete=fields.RESTRICT)
    key = fields.CharField(max_length=4)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        Person, "candidacies", on_delete=fields.RESTRICT, null=True
    )
    woman: bool | None = fields.BooleanField(null=True)  # type: ignore[assignment]
    kin = fields.CharField(max_length=180, default="")
    declared_at = fields.DatetimeField(null=True)
    declared_by_id = fields.IntField(null=True)

    ballot_id: int
    person_id: int | None

    class Meta:
        table = "candidacy"
        unique_together = (("ballot", "key"),)
