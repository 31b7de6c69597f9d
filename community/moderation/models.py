"""Reports, hidings and appeals as stored. Nothing here is ever deleted."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.moderation.rules import Reason, Source, State, Verdict
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
    """One decision to hide ``subject``, and what became of it. ``live`` keeps one at a time on a subject."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    subject = fields.CharField(max_length=64)
    author_id = fields.IntField(null=True)
    reason = fields.CharEnumField(Reason, max_length=2)
    words = fields.TextField()
    link = fields.CharField(max_length=300, default="")
    document = fields.CharField(max_length=80, default="")
    source = fields.CharEnumField(Source, max_length=12)
    state = fields.CharEnumField(State, max_length=12)
    text_hash = fields.CharField(max_length=64)
    by = fields.ForeignKeyField(Person, "hidings", on_delete=fields.RESTRICT)
    second_id = fields.IntField(null=True)
    at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    live = fields.CharField(max_length=64, null=True, unique=True)
    appeal = fields.TextField(default="")
    appealed_at = fields.DatetimeField(null=True)
    answer_due = fields.DatetimeField(null=True)
    answer = fields.TextField(default="")
    answered_by_id = fields.IntField(null=True)
    answered_at = fields.DatetimeField(null=True)

    by_id: int

    class Meta:
        table = "hiding"
        indexes = (("community_id", "at", "id"), ("community_id", "state"))

    @property
    def key(self) -> str:
        """Return how events and timers name it."""
        return f"hiding-{self.code}"
