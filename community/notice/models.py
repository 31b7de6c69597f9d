"""Notices in people's inboxes, mails in the queue, and what people do not want mailed."""

import json
from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from community.privacy import vault


class MailState(StrEnum):
    """Where a mail stands in the queue."""

    READY = "ready"  # 待发
    LEASED = "leased"  # 正在发
    SENT = "sent"  # 已发
    DEAD = "dead"  # 没有寄到


class Notice(Model):
    """One line in one person's inbox: a sentence with its facts, and where to go from it."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField(null=True)
    person = fields.ForeignKeyField(Person, "notices", on_delete=fields.RESTRICT)
    topic = fields.CharField(max_length=16)
    sentence = fields.TextField()
    facts = fields.TextField(default="{}")
    url = fields.CharField(max_length=200)
    at = fields.DatetimeField()
    read_at = fields.DatetimeField(null=True)
    digest_on = fields.DateField(null=True)
    dedupe = fields.CharField(max_length=96, null=True, unique=True)

    person_id: int

    class Meta:
        table = "notice"
        indexes = (("person_id", "read_at"), ("person_id", "id"), ("person_id", "digest_on"))

    @property
    def values(self) -> dict[str, object]:
        """Return the facts of the sentence."""
        loaded: dict[str, object] = json.loads(self.facts)
        return loaded


class Mail(Model):
    """One mail to be sent: a template and its facts, never the finished text. ``run_at`` is when to try next."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    to = fields.CharField(max_length=254)
    person = fields.ForeignKeyField(Person, "mails", null=True, on_delete=fields.RESTRICT)
    lang = fields.CharField(max_length=8)
    template = fields.CharField(max_length=80)
    facts = fields.TextField(default="{}")
    secret = fields.BooleanField(default=False)
    topic = fields.CharField(max_length=16)
    binding = fields.BooleanField(default=True)
    state = fields.CharEnumField(MailState, max_length=8, default=MailState.READY)
    queued_at = fields.DatetimeField()
    run_at = fields.DatetimeField()
    lease_until = fields.DatetimeField(null=True)
    attempts = fields.SmallIntField(default=0)
    sent_at = fields.DatetimeField(null=True)
    trouble = fields.CharField(max_length=80, default="")
    dedupe = fields.CharField(max_length=96, null=True, unique=True)

    person_id: int | None

    class Meta:
        table = "mail"
        indexes = (("state", "run_at", "id"), ("person_id", "run_at"))

    @property
    def values(self) -> dict[str, object]:
        """Return the facts of the template; those of a secret mail lie encrypted."""
        text = vault.unlock(self.facts, about=f"mail|{self.code}|facts") if self.secret and self.facts else self.facts
        loaded: dict[str, object] = json.loads(text or "{}")
        return loaded

    def message_id(self, host: str) -> str:
        """Return the Message-ID, the same at every attempt, so that a mail accepted twice shows once."""
        return f"<mail-{self.id}.{self.code}@{host}>"


class Mute(Model):
    """``person`` wants no more mail about ``topic``, only lines in the inbox."""

    id = fields.IntField(primary_key=True)
    person = fields.ForeignKeyField(Person, "mutes", on_delete=fields.RESTRICT)
    topic = fields.CharField(max_length=16)

    person_id: int

    class Meta:
        table = "mail_mute"
        unique_together = (("person", "topic"),)


class DigestHour(Model):
    """When a community's digest leaves: an hour of the day in Beijing, or six in the evening."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField(unique=True)
    hour = fields.SmallIntField()

    class Meta:
        table = "digest_hour"
