"""How a matter is carried out, judged and watched over, as stored."""

from tortoise import fields
from tortoise.models import Model

from community.orgs.models import Org
from community.people.models import Person
from deliberation.matter.models import Matter
from deliberation.matter.states import Actor
from deliberation.outcome.rules import Finding, Source


class Execution(Model):
    """A matter being carried out. ``plan`` is the number of the plan that holds, ``spent`` fen so far."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.OneToOneField(Matter, "execution", on_delete=fields.RESTRICT)
    plan = fields.IntField(default=1)
    started_at = fields.DatetimeField()
    spent = fields.BigIntField(default=0)
    late = fields.IntField(default=0)
    reported_at = fields.DatetimeField(null=True)
    report = fields.TextField(default="")

    matter_id: int

    class Meta:
        table = "execution"
        indexes = (("community_id", "reported_at"),)


class Plan(Model):
    """One version of the plan: unit, leader, budget in fen, the last day. Never changed."""

    id = fields.IntField(primary_key=True)
    execution = fields.ForeignKeyField(Execution, "plans", on_delete=fields.RESTRICT)
    number = fields.IntField()
    org = fields.ForeignKeyField(Org, "plans", on_delete=fields.RESTRICT)
    lead = fields.ForeignKeyField(Person, "plans_led", on_delete=fields.RESTRICT)
    budget = fields.BigIntField()
    due_on = fields.DateField()
    why = fields.TextField(default="")
    by = fields.ForeignKeyField(Person, "plans_made", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    org_id: int
    lead_id: int
    execution_id: int

    class Meta:
        table = "plan"
        unique_together = (("execution", "number"),)


class Milestone(Model):
    """One step of a plan. A step of an older plan that was not done is dropped, not deleted."""

    id = fields.IntField(primary_key=True)
    execution = fields.ForeignKeyField(Execution, "milestones", on_delete=fields.RESTRICT)
    plan = fields.IntField()
    title = fields.CharField(max_length=60)
    due_on = fields.DateField()
    overdue_at = fields.DatetimeField(null=True)
    dropped_at = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    note = fields.TextField(default="")
    spent = fields.BigIntField(default=0)
    files = fields.IntField(default=0)
    done_by = fields.ForeignKeyField(Person, "milestones_done", null=True, on_delete=fields.RESTRICT)

    execution_id: int

    class Meta:
        table = "milestone"
        indexes = (("execution_id", "due_on"),)

    @property
    def key(self) -> str:
        """Return how timers and files name it."""
        return f"milestone-{self.id}"


class Evaluation(Model):
    """One round of asking whether it is good. ``asked`` heads were asked, and the rule is frozen with it."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "evaluations", on_delete=fields.RESTRICT)
    round = fields.IntField()
    asked = fields.IntField(default=0)
    answered = fields.IntField(default=0)
    opens_at = fields.DatetimeField()
    closes_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)
    finding = fields.CharEnumField(Finding, max_length=12, null=True)
    share_num = fields.IntField()
    share_den = fields.IntField()
    from_score = fields.SmallIntField()

    matter_id: int

    class Meta:
        table = "evaluation"
        unique_together = (("matter", "round"),)


class Seat(Model):
    """One head asked in an evaluation, issued blank: the last answer of those who speak for it counts."""

    id = fields.IntField(primary_key=True)
    evaluation = fields.ForeignKeyField(Evaluation, "seats", on_delete=fields.RESTRICT)
    key = fields.CharField(max_length=1000)
    score = fields.SmallIntField(null=True)
    words = fields.TextField(default="")
    by_id = fields.IntField(null=True)
    at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")

    evaluation_id: int

    class Meta:
        table = "seat"
        unique_together = (("evaluation", "key"),)


class SeatVoice(Model):
    """A person who may answer for a seat."""

    id = fields.IntField(primary_key=True)
    seat = fields.ForeignKeyField(Seat, "voices", on_delete=fields.RESTRICT)
    evaluation_id = fields.IntField()
    person = fields.ForeignKeyField(Person, "seats", on_delete=fields.RESTRICT)

    seat_id: int
    person_id: int

    class Meta:
        table = "seat_voice"
        unique_together = (("seat", "person"),)
        indexes = (("evaluation_id", "person_id"),)


class Note(Model):
    """监事: somebody who oversees, or the clock, writes to an office, which must answer by ``due_at``."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    place_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "notes", null=True, on_delete=fields.RESTRICT)
    publication_id = fields.IntField(null=True)
    office = fields.CharEnumField(Actor, max_length=12)
    source = fields.CharEnumField(Source, max_length=8)
    words = fields.TextField(default="")
    by = fields.ForeignKeyField(Person, "notes", null=True, on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    overdue_at = fields.DatetimeField(null=True)
    pressed = fields.IntField(default=0)
    answer = fields.TextField(default="")
    answered_by = fields.ForeignKeyField(Person, "notes_answered", null=True, on_delete=fields.RESTRICT)
    answered_at = fields.DatetimeField(null=True)

    matter_id: int | None
    by_id: int | None

    class Meta:
        table = "supervision_note"
        indexes = (("community_id", "answered_at", "due_at"), ("matter_id", "id"))

    @property
    def key(self) -> str:
        """Return how events and timers name it."""
        return f"note-{self.id}"
