"""Tokens of programs, and the replies kept for those who ask twice."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from community.tokens.rules import Scope, scopes_of


class ApiToken(Model):
    """One program may act for ``person`` within ``scopes``. The token itself is stored only as its hash."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    token_hash = fields.CharField(max_length=64, unique=True)
    person = fields.ForeignKeyField(Person, "api_tokens", on_delete=fields.RESTRICT)
    label = fields.CharField(max_length=40)
    scopes = fields.CharField(max_length=400)
    made_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    person_id: int

    class Meta:
        table = "api_token"
        indexes = (("person_id", "revoked_at"),)

    @property
    def permits(self) -> frozenset[Scope]:
        """Return what it permits."""
        return scopes_of(self.scopes)


class ApiReply(Model):
    """The reply to one keyed write of one person, kept so that asking again does nothing again."""

    id = fields.BigIntField(primary_key=True)
    person = fields.ForeignKeyField(Person, "api_replies", on_delete=fields.RESTRICT)
    key = fields.CharField(max_length=80)
    route = fields.CharField(max_length=200)
    digest = fields.CharField(max_length=64)
    status = fields.SmallIntField()
    body = fields.TextField()
    at = fields.DatetimeField()

    person_id: int

    class Meta:
        table = "api_reply"
        unique_together = (("person", "key", "route"),)
        indexes = (("at",),)
