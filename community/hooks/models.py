"""Addresses that are called, and the calls that are still to be made or were."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person


class Hook(Model):
    """An address that is told what becomes of what ``person`` handed over. The secret is locked.

    While it is paused nothing is sent: what is to be told waits, and goes out when it goes on.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    person = fields.ForeignKeyField(Person, "hooks", on_delete=fields.RESTRICT)
    url = fields.CharField(max_length=300)
    secret = fields.TextField()
    made_at = fields.DatetimeField()
    paused_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)

    person_id: int

    class Meta:
        table = "hook"
        indexes = (("person_id", "ended_at"),)

    @property
    def about(self) -> str:
        """Return what the secret is bound to."""
        return f"hook|{self.code}|secret"


class HookCall(Model):
    """One thing to tell one address: tried until it is taken or given up, under one id all the while."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    hook = fields.ForeignKeyField(Hook, "calls", on_delete=fields.RESTRICT)
    event_id = fields.BigIntField()
    kind = fields.CharField(max_length=24, default="case.moved")
    body = fields.TextField()
    tries = fields.SmallIntField(default=0)
    due_at = fields.DatetimeField(null=True)
    status = fields.SmallIntField(default=0)
    done_at = fields.DatetimeField(null=True)

    hook_id: int

    class Meta:
        table = "hook_call"
        unique_together = (("hook", "event_id", "kind"),)
        indexes = (("due_at", "id"), ("hook_id", "id"))
