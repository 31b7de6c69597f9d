"""Matters and what was done to them, as stored."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.body.models import Body, RollHead
from deliberation.body.rules import Weight
from deliberation.matter.states import State


class Matter(Model):
    """One proposal. ``due_at`` is when the clock of its state runs out. It is public once ``public_at`` is set.

    ``recount_at`` is set while its result is to be counted again.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    body = fields.ForeignKeyField(Body, "matters", on_delete=fields.RESTRICT)
    author = fields.ForeignKeyField(Person, "matters", on_delete=fields.RESTRICT)
    title = fields.CharField(max_length=60)
    weight = fields.CharEnumField(Weight, max_length=8, default=Weight.GENERAL)
    state = fields.CharEnumField(State, max_length=20, default=State.DRAFT)
    returning = fields.CharEnumField(State, max_length=20, null=True)
    state_since = fields.DatetimeField()
    due_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)
    final_hash = fields.CharField(max_length=64, default="")
    roll_id = fields.IntField(null=True)
    threshold = fields.IntField(default=0)
    seconded = fields.IntField(default=0)
    open_dissents = fields.IntField(default=0)
    reopened = fields.BooleanField(default=False)
    drafted_at = fields.DatetimeField()
    public_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")
    recount_at = fields.DatetimeField(null=True)

    author_id: int
    body_id: int

    class Meta:
        table = "matter"
        indexes = (("community_id", "id"), ("community_id", "state", "id"), ("author_id", "id"), ("state", "due_at"))


class MatterVersion(Model):
    """The text of a matter at one time: three sentences and the whole. Never changed."""

    id = fields.IntField(primary_key=True)
    matter = fields.ForeignKeyField(Matter, "versions", on_delete=fields.RESTRICT)
    number = fields.IntField()
    title = fields.CharField(max_length=60)
    what = fields.CharField(max_length=120)
    cost = fields.CharField(max_length=120)
    who = fields.CharField(max_length=120)
    body = fields.TextField(default="")
    hash = fields.CharField(max_length=64)
    written_by = fields.ForeignKeyField(Person, "versions_written", on_delete=fields.RESTRICT)
    written_at = fields.DatetimeField()

    matter_id: int

    class Meta:
        table = "matter_version"
        unique_together = (("matter", "number"),)


class Endorsement(Model):
    """One person seconds one version of a matter, for their head on the roll."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "endorsements", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "endorsements", on_delete=fields.RESTRICT)
    head = fields.ForeignKeyField(RollHead, "endorsements", on_delete=fields.RESTRICT)
    version = fields.IntField()
    at = fields.DatetimeField()

    person_id: int

    class Meta:
        table = "endorsement"
        unique_together = (("matter", "person"),)


class Screening(Model):
    """The answer of the clerk: accepted, or sent back with reasons."""

    id = fields.IntField(primary_key=True)
    matter = fields.ForeignKeyField(Matter, "screenings", on_delete=fields.RESTRICT)
    accepted = fields.BooleanField()
    reasons = fields.TextField(default="")
    by = fields.ForeignKeyField(Person, "screenings", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    class Meta:
        table = "screening"
        indexes = (("matter_id", "id"),)


class Study(Model):
    """What the party organisation thought of a matter: an opinion on record, not a veto."""

    id = fields.IntField(primary_key=True)
    matter = fields.ForeignKeyField(Matter, "studies", on_delete=fields.RESTRICT)
    held_on = fields.DateField()
    opinion = fields.TextField()
    by = fields.ForeignKeyField(Person, "studies", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    class Meta:
        table = "study"
        indexes = (("matter_id", "id"),)


class Sitting(Model):
    """One session at which a matter was discussed: its minutes, what was agreed and what was not."""

    id = fields.IntField(primary_key=True)
    matter = fields.ForeignKeyField(Matter, "sittings", on_delete=fields.RESTRICT)
    held_on = fields.DateField()
    attended = fields.IntField()
    minutes = fields.TextField()
    consensus = fields.TextField(default="")
    dissent = fields.TextField(default="")
    by = fields.ForeignKeyField(Person, "sittings", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    matter_id: int

    class Meta:
        table = "sitting"
        indexes = (("matter_id", "id"),)
