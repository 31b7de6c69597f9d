"""What a party answered afterwards, and what somebody complained of."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.case.models import Case, Party
from mediation.feedback.grievances import Grievance, Looked
from mediation.feedback.rules import Suit


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


class CaseComplaint(Model):
    """A party complains about the mediator, or somebody about words carried outside. What is written is locked.

    ``about`` is the mediator who led at that moment; the mediator does not see who complained.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    case = fields.ForeignKeyField(Case, "complaints", on_delete=fields.RESTRICT)
    about = fields.ForeignKeyField(Person, "complained_of", null=True, on_delete=fields.RESTRICT)
    grievance = fields.CharEnumField(Grievance, max_length=8)
    looked = fields.CharEnumField(Looked, max_length=12, default=Looked.OPEN)
    words = fields.TextField()
    raised_by = fields.ForeignKeyField(Person, "case_complaints", on_delete=fields.RESTRICT)
    raised_at = fields.DatetimeField()
    answer = fields.TextField(default="")
    answered_by = fields.ForeignKeyField(Person, "complaints_answered", null=True, on_delete=fields.RESTRICT)
    answered_at = fields.DatetimeField(null=True)

    case_id: int
    about_id: int | None
    raised_by_id: int
    answered_by_id: int | None

    class Meta:
        table = "case_complaint"
        indexes = (("case_id", "looked"), ("about_id",))


class FollowUpVisit(Model):
    """One follow-up visit: whether all was kept, what a court made of it, whether it may flare up again.

    What was seen stands in words at the step of the road itself.
    """

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "visits_after", on_delete=fields.RESTRICT)
    kept = fields.BooleanField()
    suit = fields.CharEnumField(Suit, max_length=8)
    danger = fields.BooleanField()
    by = fields.ForeignKeyField(Person, "visits_after", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    case_id: int

    class Meta:
        table = "follow_up_visit"
        indexes = (("case_id", "at"),)
