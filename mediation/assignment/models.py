"""Wishes that another mediator take over and what became of them, declared ties, and organisations that join."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.assignment.rules import Kin, Left, Plea
from mediation.case.models import Assignment, Case, Party


class Recusal(Model):
    """Somebody wishes that the mediator of a case be replaced. What was written is locked, and nobody need write."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "recusals", on_delete=fields.RESTRICT)
    assignment = fields.ForeignKeyField(Assignment, "recusals", on_delete=fields.RESTRICT)
    raised_by = fields.ForeignKeyField(Person, "recusals_raised", on_delete=fields.RESTRICT)
    raised_at = fields.DatetimeField()
    state = fields.CharEnumField(Plea, max_length=12)
    words = fields.TextField(default="")
    answer = fields.TextField(default="")
    decided_by = fields.ForeignKeyField(Person, "recusals_decided", null=True, on_delete=fields.RESTRICT)
    decided_at = fields.DatetimeField(null=True)

    case_id: int
    assignment_id: int
    raised_by_id: int
    decided_by_id: int | None

    class Meta:
        table = "recusal"
        indexes = (("case_id", "state"),)


class DeclaredTie(Model):
    """A mediator declares what ties them to somebody: to a party of a case, or to whoever bears a name.

    Name and note are locked; a name and a telephone are found again by their keyed hashes only.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    mediator = fields.ForeignKeyField(Person, "declared_ties", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "declared_ties", null=True, on_delete=fields.RESTRICT)
    kin = fields.CharEnumField(Kin, max_length=12)
    name = fields.TextField(default="")
    name_mark = fields.CharField(max_length=64, default="")
    phone_mark = fields.CharField(max_length=64, default="")
    note = fields.TextField(default="")
    declared_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    mediator_id: int
    party_id: int | None

    class Meta:
        table = "declared_tie"
        indexes = (("mediator_id", "ended_at"), ("name_mark",))


class JointOrg(Model):
    """Another organisation is asked to mediate along, and says whether and by whom. The reason is locked."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    case = fields.ForeignKeyField(Case, "joint_orgs", on_delete=fields.RESTRICT)
    org = fields.ForeignKeyField(Org, "joined_cases", on_delete=fields.RESTRICT)
    why = fields.TextField()
    invited_at = fields.DatetimeField()
    accepted = fields.BooleanField(null=True)
    answered_at = fields.DatetimeField(null=True)
    mediator = fields.ForeignKeyField(Person, "joint_cases", null=True, on_delete=fields.RESTRICT)
    clear = fields.BooleanField(default=False)
    joined_at = fields.DatetimeField(null=True)
    left_at = fields.DatetimeField(null=True)
    left_because = fields.CharEnumField(Left, max_length=10, null=True)

    case_id: int
    org_id: int
    mediator_id: int | None

    class Meta:
        table = "joint_org"
        unique_together = (("case", "org"),)
        indexes = (("mediator_id",),)
