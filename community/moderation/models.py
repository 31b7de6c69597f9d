"""Reports, decisions, appeals and leases as stored. Of these only leases are ever deleted."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.moderation.rules import Measure, Reason, Source, Verdict
from community.moderation.states import State
from community.people.models import Person


class Report(Model):
    """Somebody thinks that ``subject`` breaks a rule. ``live`` keeps one open report of a person on a subject."""

    id = fields.BigIntField(primary_key=True)
    community_id = fields.IntField()
    subject = fields.CharField(max_length=64)
    reporter = fields.ForeignKeyField(Person, "reports", on_delete=fields.RESTRICT)
    reason = fields.CharEnumField(Reason, max_length=2)
    words = fields.TextField(default="")
    at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)
    verdict = fields.CharEnumField(Verdict, max_length=8, null=True)
    live = fields.CharField(max_length=80, null=True, unique=True)

    reporter_id: int

    class Meta:
        table = "report"
        indexes = (("community_id", "closed_at", "id"), ("subject", "closed_at"), ("reporter_id", "at"))


class Hiding(Model):
    """One decision about ``subject``, and what became of it. ``live`` keeps one at a time on a subject.

    ``conceal`` and ``sealed`` lie encrypted: what was masked, and the words as they were. ``origin`` is where
    something stood before it was moved. That there is a reason, its paper and a told author is checked by the database.
    """

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    subject = fields.CharField(max_length=64)
    author_id = fields.IntField(null=True)
    measure = fields.CharEnumField(Measure, max_length=8, default=Measure.HIDE)
    reason = fields.CharEnumField(Reason, max_length=2)
    words = fields.TextField()
    link = fields.CharField(max_length=300, default="")
    document = fields.CharField(max_length=80, default="")
    target = fields.CharField(max_length=64, default="")
    origin = fields.CharField(max_length=64, default="")
    source = fields.CharEnumField(Source, max_length=12)
    state = fields.CharEnumField(State, max_length=12)
    batch = fields.CharField(max_length=16, default="")
    text_hash = fields.CharField(max_length=64)
    masked_hash = fields.CharField(max_length=64, default="")
    conceal = fields.TextField(default="")
    sealed = fields.TextField(default="")
    by = fields.ForeignKeyField(Person, "hidings", on_delete=fields.RESTRICT)
    second_id = fields.IntField(null=True)
    at = fields.DatetimeField()
    effective_at = fields.DatetimeField(null=True)
    told_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    live = fields.CharField(max_length=64, null=True, unique=True)

    by_id: int

    class Meta:
        table = "hiding"
        indexes = (("community_id", "at", "id"), ("community_id", "state"), ("author_id", "id"), ("batch",))

    @property
    def key(self) -> str:
        """Return how events and timers name it."""
        return f"hiding-{self.code}"


class Appeal(Model):
    """One appeal against a decision and its answer. Level 2 goes to the street or a third party."""

    id = fields.BigIntField(primary_key=True)
    hiding = fields.ForeignKeyField(Hiding, "appeals", on_delete=fields.RESTRICT)
    level = fields.SmallIntField()
    words = fields.TextField()
    at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    answer = fields.TextField(default="")
    granted = fields.BooleanField(null=True)
    answered_by_id = fields.IntField(null=True)
    answered_at = fields.DatetimeField(null=True)

    hiding_id: int

    class Meta:
        table = "appeal"
        unique_together = (("hiding", "level"),)


class Claim(Model):
    """Somebody is working on ``subject`` until ``until``, and afterwards it is free again."""

    id = fields.IntField(primary_key=True)
    subject = fields.CharField(max_length=64, unique=True)
    person = fields.ForeignKeyField(Person, "claims", on_delete=fields.RESTRICT)
    until = fields.DatetimeField()

    person_id: int

    class Meta:
        table = "claim"
