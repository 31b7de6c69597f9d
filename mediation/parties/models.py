"""Who stands beside a party. Names and ways to reach them are locked; rows end and are never deleted.

Whoever has an account takes the seat by a link, of which only the hash is stored; ``person`` is empty until then.
"""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.case.models import Case, Party
from mediation.parties.rules import AttendRole, GuardBasis, ProxyKind


class Guardian(Model):
    """Somebody acts for a party who cannot act alone, which ends by itself the day the party comes of age."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    party = fields.ForeignKeyField(Party, "guardians", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "guards", null=True, on_delete=fields.RESTRICT)
    link_hash = fields.CharField(max_length=64, default="")
    link_until = fields.DatetimeField(null=True)
    name = fields.TextField()
    phone = fields.TextField()
    basis = fields.CharEnumField(GuardBasis, max_length=10)
    conflict = fields.BooleanField(default=False)
    since = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    party_id: int
    person_id: int | None

    class Meta:
        table = "party_guardian"
        indexes = (("party_id", "ended_at"), ("person_id",), ("link_hash",))


class Representative(Model):
    """Somebody speaks for a party under a written mandate, within its powers and until its last day."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    party = fields.ForeignKeyField(Party, "representatives", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "represents", null=True, on_delete=fields.RESTRICT)
    link_hash = fields.CharField(max_length=64, default="")
    link_until = fields.DatetimeField(null=True)
    name = fields.TextField()
    phone = fields.TextField()
    kind = fields.CharEnumField(ProxyKind, max_length=14)
    powers = fields.CharField(max_length=60, default="")
    until = fields.DateField(null=True)
    since = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    party_id: int
    person_id: int | None

    class Meta:
        table = "party_representative"
        indexes = (("party_id", "ended_at"), ("person_id",), ("link_hash",))


class Interpreter(Model):
    """Somebody interprets for a party, who was asked about kinship and promised to interpret faithfully."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    party = fields.ForeignKeyField(Party, "interpreters", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "interprets", null=True, on_delete=fields.RESTRICT)
    link_hash = fields.CharField(max_length=64, default="")
    link_until = fields.DatetimeField(null=True)
    name = fields.TextField()
    language = fields.CharField(max_length=20)
    since = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    party_id: int
    person_id: int | None

    class Meta:
        table = "party_interpreter"
        indexes = (("party_id", "ended_at"), ("person_id",), ("link_hash",))


class Attendant(Model):
    """Somebody who is no party was asked in, or writes the minutes, and promised to keep silent outside."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    case = fields.ForeignKeyField(Case, "attendants", on_delete=fields.RESTRICT)
    role = fields.CharEnumField(AttendRole, max_length=10)
    name = fields.TextField()
    why = fields.TextField()
    person = fields.ForeignKeyField(Person, "attends", null=True, on_delete=fields.RESTRICT)
    link_hash = fields.CharField(max_length=64, default="")
    link_until = fields.DatetimeField(null=True)
    since = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    case_id: int
    person_id: int | None

    class Meta:
        table = "case_attendant"
        indexes = (("case_id", "ended_at"), ("person_id",), ("link_hash",))


class GroupMember(Model):
    """One of many who stand on one side together. A few of them are elected to speak, each decides alone.

    Whoever has an account says so by a link of their own; ``person`` is who took it.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    party = fields.ForeignKeyField(Party, "members", on_delete=fields.RESTRICT)
    ordinal = fields.SmallIntField()
    name = fields.TextField()
    unit = fields.TextField()
    elected = fields.BooleanField(default=False)
    shared_at = fields.DatetimeField(null=True)  # when they agreed that their line goes to an authority
    person = fields.ForeignKeyField(Person, "memberships", null=True, on_delete=fields.RESTRICT)
    link_hash = fields.CharField(max_length=64, default="")
    link_until = fields.DatetimeField(null=True)

    party_id: int
    person_id: int | None

    class Meta:
        table = "group_member"
        unique_together = (("party", "ordinal"),)
        indexes = (("link_hash",),)
