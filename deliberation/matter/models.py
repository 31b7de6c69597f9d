"""Matters and what was done to them, as stored."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from community.places.models import Resident
from deliberation.body.models import Body, RollHead
from deliberation.body.rules import Weight
from deliberation.body.thresholds import Request
from deliberation.matter.meaning import Change
from deliberation.matter.states import Screened, State
from deliberation.matter.support import End


def called(number: int) -> str:
    """Return what a hidden matter is called, in any language."""
    return f"№ {number}"


class Matter(Model):
    """One proposal. ``due_at`` is when the clock of its state runs out. It is public once ``public_at`` is set.

    ``recount_at`` is set while its result is to be counted again.
    ``threshold`` and ``seconded`` count heads, their ``_area`` twins 0.01 m² where area is enough by itself;
    the other ``threshold_`` columns say how the number came about. ``meaning_since`` is the version that last
    changed the meaning: seconds given to an older one wait to be confirmed until ``confirm_by``.
    ``returning`` is where it goes back to when it was put aside. ``calls_open`` and ``calls_late`` count the
    questions put to offices that are not answered, and those of them that are overdue.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    body = fields.ForeignKeyField(Body, "matters", on_delete=fields.RESTRICT)
    author = fields.ForeignKeyField(Person, "matters", on_delete=fields.RESTRICT)
    title = fields.CharField(max_length=60)
    weight = fields.CharEnumField(Weight, max_length=8, default=Weight.GENERAL)
    request = fields.CharEnumField(Request, max_length=20, default=Request.ORDINARY)
    state = fields.CharEnumField(State, max_length=20, default=State.DRAFT)
    returning = fields.CharEnumField(State, max_length=20, null=True)
    state_since = fields.DatetimeField()
    due_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)
    meaning_since = fields.IntField(default=1)
    confirm_by = fields.DatetimeField(null=True)
    unconfirmed = fields.IntField(default=0)
    final_hash = fields.CharField(max_length=64, default="")
    roll_id = fields.IntField(null=True)
    threshold = fields.IntField(default=0)
    threshold_area = fields.BigIntField(default=0)
    threshold_of = fields.IntField(default=0)
    threshold_num = fields.IntField(default=0)
    threshold_den = fields.IntField(default=1)
    threshold_least = fields.IntField(default=0)
    threshold_law = fields.CharField(max_length=40, default="")
    seconded = fields.IntField(default=0)
    open_dissents = fields.IntField(default=0)
    seconded_area = fields.BigIntField(default=0)
    reopened = fields.BooleanField(default=False)
    drafted_at = fields.DatetimeField()
    public_at = fields.DatetimeField(null=True)
    calls_open = fields.SmallIntField(default=0)
    calls_late = fields.SmallIntField(default=0)
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")
    recount_at = fields.DatetimeField(null=True)

    author_id: int
    body_id: int

    class Meta:
        table = "matter"
        indexes = (("community_id", "id"), ("community_id", "state", "id"), ("author_id", "id"), ("state", "due_at"))

    @property
    def name(self) -> str:
        """Return what it is called wherever it is listed or told of: its title, or its number while that is hidden."""
        return called(self.id) if self.hidden_at else self.title


class MatterVersion(Model):
    """The text of a matter at one time: three sentences and the whole. Never changed.

    ``change`` says what it did to the version before it, ``signs`` by which signs of the rule; a draft has neither.
    """

    id = fields.IntField(primary_key=True)
    matter = fields.ForeignKeyField(Matter, "versions", on_delete=fields.RESTRICT)
    number = fields.IntField()
    title = fields.CharField(max_length=60)
    what = fields.CharField(max_length=120)
    cost = fields.CharField(max_length=120)
    who = fields.CharField(max_length=120)
    body = fields.TextField(default="")
    hash = fields.CharField(max_length=64)
    change: Change | None = fields.CharEnumField(Change, max_length=8, null=True)  # type: ignore[assignment]
    signs = fields.CharField(max_length=80, default="")
    written_by = fields.ForeignKeyField(Person, "versions_written", on_delete=fields.RESTRICT)
    written_at = fields.DatetimeField()

    matter_id: int

    class Meta:
        table = "matter_version"
        unique_together = (("matter", "number"),)


class Endorsement(Model):
    """One person seconds one version of a matter, for their head on the roll. It may end, and be given anew.

    ``via_id`` is the matter it was given to, when that one was merged into this one. When somebody helped, ``aided``
    is the office of the helper and ``resident`` the row of the roll; without an account there is no ``person``.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "endorsements", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "endorsements", null=True, on_delete=fields.RESTRICT)
    resident = fields.ForeignKeyField(Resident, "endorsements", null=True, on_delete=fields.RESTRICT)
    aided = fields.CharField(max_length=20, default="")
    head = fields.ForeignKeyField(RollHead, "endorsements", on_delete=fields.RESTRICT)
    version = fields.IntField()
    via_id = fields.IntField(null=True)
    at = fields.DatetimeField()
    ended: End | None = fields.CharEnumField(End, max_length=9, null=True)  # type: ignore[assignment]
    ended_at = fields.DatetimeField(null=True)

    matter_id: int
    person_id: int | None
    resident_id: int | None
    head_id: int

    class Meta:
        table = "endorsement"
        unique_together = (("matter", "person"),)


class Fate(StrEnum):
    """What became of a proposed amendment."""

    OPEN = "open"  # 等答复
    ADOPTED = "adopted"  # 采纳
    DECLINED = "declined"  # 不采纳
    TAKEN_BACK = "taken_back"  # 提的人收回
    OUTDATED = "outdated"  # 那一段已经改了


class Amendment(Model):
    """New words that somebody proposes for one part of a version, with the answer they got.

    ``part`` is a key of ``paragraphs.parts`` in ``version``; both follow the text while the part stands unchanged.
    ``became`` is the version that took it up, or that changed the part under it.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "amendments", on_delete=fields.RESTRICT)
    version = fields.IntField()
    part = fields.CharField(max_length=8)
    old = fields.TextField()
    new = fields.TextField(default="")
    reason = fields.TextField()
    state = fields.CharEnumField(Fate, max_length=10, default=Fate.OPEN)
    answer = fields.TextField(default="")
    became = fields.IntField(null=True)
    by = fields.ForeignKeyField(Person, "amendments", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    answered_by = fields.ForeignKeyField(Person, "amendments_answered", on_delete=fields.RESTRICT, null=True)
    answered_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")

    matter_id: int
    by_id: int

    class Meta:
        table = "amendment"
        indexes = (("matter_id", "id"), ("by_id", "id"))


class Screening(Model):
    """The answer of the clerk: accepted, or sent back with reasons, for mediation, or because it is not theirs."""

    id = fields.IntField(primary_key=True)
    matter = fields.ForeignKeyField(Matter, "screenings", on_delete=fields.RESTRICT)
    accepted = fields.BooleanField()
    outcome = fields.CharEnumField(Screened, max_length=16, default=Screened.SEND_BACK)
    reasons = fields.TextField(default="")
    by = fields.ForeignKeyField(Person, "screenings", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    by_id: int
    matter_id: int

    class Meta:
        table = "screening"
        indexes = (("matter_id", "id"),)


class Study(Model):
    """What the party organisation thought of a matter: an opinion on record, not a veto.

    It is ``advisory`` on the owners' own matters, which do not wait for it.
    """

    id = fields.IntField(primary_key=True)
    matter = fields.ForeignKeyField(Matter, "studies", on_delete=fields.RESTRICT)
    held_on = fields.DateField()
    opinion = fields.TextField()
    advisory = fields.BooleanField(default=False)
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
