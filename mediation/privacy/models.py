"""Who read what of a case, and what two people opened for some minutes."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.case.access import Seat, Thing
from mediation.case.models import Case
from mediation.privacy.rules import Hold


class GlassPermit(Model):
    """Somebody asks to read what is shut for them, and a second person says whether. The reason is locked."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "permits", on_delete=fields.RESTRICT)
    thing = fields.CharEnumField(Thing, max_length=16)
    minutes = fields.SmallIntField()
    basis = fields.CharField(max_length=120)
    reason = fields.TextField()
    asked_by = fields.ForeignKeyField(Person, "permits_asked", on_delete=fields.RESTRICT)
    asked_as = fields.CharEnumField(Seat, max_length=16)
    asked_at = fields.DatetimeField()
    decided_by = fields.ForeignKeyField(Person, "permits_decided", null=True, on_delete=fields.RESTRICT)
    decided_as = fields.CharEnumField(Seat, max_length=16, null=True)
    decided_at = fields.DatetimeField(null=True)
    granted = fields.BooleanField(null=True)
    until = fields.DatetimeField(null=True)
    read_at = fields.DatetimeField(null=True)

    case_id: int
    asked_by_id: int
    decided_by_id: int | None

    class Meta:
        table = "glass_permit"
        indexes = (("case_id", "id"), ("community_id", "decided_at"))


class CaseReading(Model):
    """An officer read one thing of a case on one day: from when to when, in which seat, and by whose permit."""

    id = fields.BigIntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "readings", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "case_readings", on_delete=fields.RESTRICT)
    seat = fields.CharEnumField(Seat, max_length=16)
    thing = fields.CharEnumField(Thing, max_length=16)
    party_id = fields.IntField(null=True)
    mark = fields.CharField(max_length=32)
    day = fields.DateField()
    first_at = fields.DatetimeField()
    last_at = fields.DatetimeField()
    permit = fields.ForeignKeyField(GlassPermit, "readings", null=True, on_delete=fields.RESTRICT)

    case_id: int
    person_id: int
    permit_id: int | None

    class Meta:
        table = "case_reading"
        unique_together = (("case", "person", "mark", "day"),)


class DeletionWish(Model):
    """A party asked that everything about them be deleted. ``due_on`` is when the answer is owed at the latest."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "deletion_wishes", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "deletion_wishes", on_delete=fields.RESTRICT)
    asked_at = fields.DatetimeField()
    due_on = fields.DateField()
    held_because = fields.CharEnumField(Hold, max_length=8)
    held_until = fields.DateField(null=True)

    case_id: int
    person_id: int

    class Meta:
        table = "deletion_wish"
        unique_together = (("case", "person"),)
