"""Asking everybody whether a period may be put off, and what each of them said."""

from tortoise import fields
from tortoise.models import Model

from mediation.case.models import Party, Period


class ExtensionAsk(Model):
    """The mediator asks whether a period may end later, ``until`` a day. A new question ends the one before it."""

    id = fields.IntField(primary_key=True)
    period = fields.ForeignKeyField(Period, "asks", on_delete=fields.RESTRICT)
    until = fields.DateField()
    asked_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    granted = fields.BooleanField(default=False)

    period_id: int

    class Meta:
        table = "extension_ask"
        indexes = (("period_id", "ended_at"),)


class ExtensionAnswer(Model):
    """What one party says to the question, once. The link's token is stored only as its hash."""

    id = fields.IntField(primary_key=True)
    ask = fields.ForeignKeyField(ExtensionAsk, "answers", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "extension_answers", on_delete=fields.RESTRICT)
    token_hash = fields.CharField(max_length=64, unique=True)
    given = fields.BooleanField(null=True)
    method = fields.CharField(max_length=8, default="")
    at = fields.DatetimeField(null=True)

    ask_id: int
    party_id: int

    class Meta:
        table = "extension_answer"
        unique_together = (("ask", "party"),)
