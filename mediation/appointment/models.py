"""Appointments, the times offered, what each party says to them, and who came. Places and words are locked."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.appointment.rules import Came, Fixing, MeetBy
from mediation.case.models import Case, Party


class Appointment(Model):
    """A meeting about a case: with everybody, or with one ``party`` alone. ``round`` counts the offers of times.

    ``sequence`` counts the versions in people's calendars, ``slot`` is the number of the time that was fixed.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "appointments", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "appointments", null=True, on_delete=fields.RESTRICT)
    by = fields.ForeignKeyField(Person, "appointments_offered", on_delete=fields.RESTRICT)
    meet_by = fields.CharEnumField(MeetBy, max_length=8)
    minutes = fields.SmallIntField()
    place = fields.TextField(default="")
    link = fields.TextField(default="")
    reason = fields.TextField(default="")
    state = fields.CharEnumField(Fixing, max_length=10, default=Fixing.OFFERED)
    round = fields.SmallIntField(default=1)
    sequence = fields.SmallIntField(default=0)
    starts_at = fields.DatetimeField(null=True)
    offered_at = fields.DatetimeField()

    case_id: int
    party_id: int | None
    by_id: int

    class Meta:
        table = "appointment"
        indexes = (("case_id", "state"), ("community_id", "state", "starts_at"))

    @property
    def key(self) -> str:
        """Name of this appointment in the record and among the timers."""
        return f"appointment-{self.id}"


class OfferedTime(Model):
    """One time that the mediator offers."""

    id = fields.IntField(primary_key=True)
    appointment = fields.ForeignKeyField(Appointment, "times", on_delete=fields.RESTRICT)
    round = fields.SmallIntField()
    n = fields.SmallIntField()
    starts_at = fields.DatetimeField()

    appointment_id: int

    class Meta:
        table = "appointment_time"
        unique_together = (("appointment", "round", "n"),)


class AppointmentAnswer(Model):
    """Which times suit a party, by their numbers. The token of the link is stored only as its hash."""

    id = fields.IntField(primary_key=True)
    appointment = fields.ForeignKeyField(Appointment, "answers", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "appointment_answers", on_delete=fields.RESTRICT)
    round = fields.SmallIntField()
    token_hash = fields.CharField(max_length=64, unique=True)
    suits = fields.CharField(max_length=16, null=True)
    method = fields.CharField(max_length=8, default="")
    by = fields.ForeignKeyField(Person, "appointment_answers", null=True, on_delete=fields.RESTRICT)
    at = fields.DatetimeField(null=True)

    appointment_id: int
    party_id: int

    class Meta:
        table = "appointment_answer"
        unique_together = (("appointment", "party", "round"),)


class AppointmentPresence(Model):
    """Whether a party came, and who came for it (locked)."""

    id = fields.IntField(primary_key=True)
    appointment = fields.ForeignKeyField(Appointment, "presences", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "presences", on_delete=fields.RESTRICT)
    came = fields.CharEnumField(Came, max_length=8)
    stand_in = fields.TextField(default="")
    at = fields.DatetimeField()

    appointment_id: int
    party_id: int

    class Meta:
        table = "appointment_presence"
        unique_together = (("appointment", "party"),)
