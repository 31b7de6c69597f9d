"""What a party answered afterwards."""

from tortoise import fields
from tortoise.models import Model

from mediation.case.models import Case, Party


class SatisfactionAnswer(Model):
    """A party answered once how it was. The words are locked, the marks are read only together with others."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "answers_after", on_delete=fields.RESTRICT)
    party = fields.OneToOneField(Party, "answer_after", on_delete=fields.RESTRICT)
    response = fields.SmallIntField()
    fairness = fields.SmallIntField()
    solved = fields.SmallIntField()
    manner = fields.SmallIntField()
    words = fields.TextField(default="")
    at = fields.DatetimeField()

    case_id: int
    party_id: int

    class Meta:
        table = "satisfaction_answer"
        indexes = (("case_id",),)
