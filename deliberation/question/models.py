"""What candidates declared of themselves, as far as the rule asks for it."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.ballot.models import Ballot


class Candidacy(Model):
    """One candidate of an election: their number on the paper, and what they declared.

    ``woman`` is None until declared. ``kin`` are the numbers of close relatives who stand too, parted by commas.
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
    kin = fields.CharField(max_length=120, default="")
    declared_at = fields.DatetimeField(null=True)
    declared_by_id = fields.IntField(null=True)

    ballot_id: int
    person_id: int | None

    class Meta:
        table = "candidacy"
        unique_together = (("ballot", "key"),)
