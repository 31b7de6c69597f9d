"""Ballots, the vote of each head, every paper handed in, and the result."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.ballot.decide import Outcome
from deliberation.ballot.leak import Detail
from deliberation.ballot.votes import Choice, Said
from deliberation.body.models import Body, RollHead, RollVersion
from deliberation.body.rules import Effect
from deliberation.charter.models import Charter
from deliberation.matter.models import Matter
from deliberation.question.rules import Kind


class BallotState(StrEnum):
    """Where a ballot stands."""

    WAITING = "waiting"
    OPEN = "open"
    COUNTING = "counting"
    DECIDED = "decided"
    HALTED = "halted"
    VOID = "void"
    CALLED_OFF = "called_off"


class Channel(StrEnum):
    """How a paper came in. It never changes the count."""

    SITE = "site"  # 登录网站
    LINK = "link"  # 邮件链接
    PROXY = "proxy"  # 受托人代投
    SLIP = "slip"  # 纸条上的投票码
    KIOSK = "kiosk"  # 现场的平板
    PAPER = "paper"  # 纸票，两人录入
    HELPER = "helper"  # 上门帮办


class Precedence(StrEnum):
    """Which counts when a head votes on paper and otherwise."""

    LAST = "last"  # 以最后收到的为准
    PAPER = "paper"  # 交了纸票就以纸票为准


EVERY_WAY: Final = ",".join(Channel)
FITS: Final[Mapping[Kind, frozenset[Channel]]] = {
    kind: frozenset(Channel) - (frozenset() if kind is Kind.YES_NO else {Channel.PROXY}) for kind in Kind
}
"""In which ways a question of a kind can be answered: an agent says yes, no or abstain and nothing else."""


class Secrecy(StrEnum):
    """Who may learn how anybody voted. There is one kind until one exists that nobody has to be trusted for."""

    NAMED = "named"


class Ballot(Model):
    """One question put to a roll under a rule, both frozen. Every ballot is named.

    ``channels`` are the ways in which it takes papers, frozen with the notice; ``sheets_open`` counts the sheets that
    were read once, or read differently, and are not settled. ``charter`` is the version of the body's own rules of
    procedure under which it was announced, ``agents`` for how many those let one agent stand (None: as the law says).
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "ballots", on_delete=fields.RESTRICT)
    body = fields.ForeignKeyField(Body, "ballots", on_delete=fields.RESTRICT)
    roll = fields.ForeignKeyField(RollVersion, "ballots", on_delete=fields.RESTRICT)
    attempt = fields.SmallIntField(default=1)
    rule_id = fields.CharField(max_length=48)
    rule_json = fields.TextField()
    rule_hash = fields.CharField(max_length=64)
    roll_hash = fields.CharField(max_length=64)
    text_hash = fields.CharField(max_length=64)
    version = fields.IntField()
    effect = fields.CharEnumField(Effect, max_length=12)
    kind = fields.CharEnumField(Kind, max_length=8, default=Kind.YES_NO)
    question_json = fields.TextField(default="")
    secrecy = fields.CharEnumField(Secrecy, max_length=8, default=Secrecy.NAMED)
    channels = fields.CharField(max_length=64, default=EVERY_WAY)
    precedence = fields.CharEnumField(Precedence, max_length=8, default=Precedence.LAST)
    charter: fields.ForeignKeyNullableRelation[Charter] = fields.ForeignKeyField(
        Charter, "ballots", on_delete=fields.RESTRICT, null=True
    )
    agents = fields.SmallIntField(null=True)
    sheets_open = fields.IntField(default=0)
    state = fields.CharEnumField(BallotState, max_length=12, default=BallotState.WAITING)
    announced_by_id = fields.IntField()
    noticed_at = fields.DatetimeField()
    opens_at = fields.DatetimeField()
    closes_at = fields.DatetimeField()
    extend_days = fields.SmallIntField(default=0)
    extended_at = fields.DatetimeField(null=True)
    put_off_at = fields.DatetimeField(null=True)

    matter_id: int
    body_id: int
    roll_id: int
    charter_id: int | None

    class Meta:
        table = "ballot"
        unique_together = (("matter", "attempt"),)
        indexes = (("community_id", "state"), ("state", "opens_at"), ("state", "closes_at"))

    @property
    def ways(self) -> tuple[Channel, ...]:
        """Return the ways in which papers may come in, in the order in which they are always named."""
        return tuple(way for way in Channel if way in self.channels.split(","))


class Vote(Model):
    """The one vote of one head in one ballot, issued blank. ``papers`` counts what was handed in for it.

    ``voices`` (1 or 0) and ``measure`` (0.01 m²) are what the head weighs under the rule frozen with the ballot.
    ``says`` is what its papers say together, empty while there are none, and ``replaced`` how many of them no longer
    count: the database itself writes both with each paper (``web/db/count_triggers.py``).
    """

    id = fields.BigIntField(primary_key=True)
    ballot = fields.ForeignKeyField(Ballot, "votes", on_delete=fields.RESTRICT)
    head = fields.ForeignKeyField(RollHead, "votes", on_delete=fields.RESTRICT)
    area = fields.BigIntField(default=0)
    papers = fields.IntField(default=0)
    voices = fields.SmallIntField(default=1)
    measure = fields.BigIntField(default=0)
    says = fields.CharField(max_length=8, default="")
    replaced = fields.IntField(default=0)
    set_aside_at = fields.DatetimeField(null=True)
    set_aside_by_id = fields.IntField(null=True)
    set_aside_why = fields.CharField(max_length=500, default="")

    ballot_id: int
    head_id: int

    class Meta:
        table = "vote"
        unique_together = (("ballot", "head"),)
        indexes = (("ballot_id", "papers"), ("ballot_id", "says", "voices", "measure"))


class Paper(Model):
    """A paper handed in for a head. Never changed: a later one of the same voice takes its place in the count.

    ``by`` is the voter, None when whoever spoke has no account. ``entered_by`` put it in for them, ``checked_by`` was
    the second pair of eyes. ``at`` is when it was received. ``spoilt``: it was handed in and says nothing that can be
    read, so its head has taken part and nobody looks at ``choice``.
    """

    id = fields.BigIntField(primary_key=True)
    ballot_id = fields.IntField()
    vote = fields.ForeignKeyField(Vote, "handed_in", on_delete=fields.RESTRICT)
    order = fields.IntField()
    choice = fields.CharEnumField(Choice, max_length=8)
    marks = fields.TextField(default="")
    voice = fields.CharField(max_length=1000)  # the key of a head names all of its owners
    by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        Person, "papers", on_delete=fields.RESTRICT, null=True
    )
    entered_by_id = fields.IntField(null=True)
    checked_by_id = fields.IntField(null=True)
    channel = fields.CharEnumField(Channel, max_length=8)
    spoilt = fields.BooleanField(default=False)
    receipt = fields.CharField(max_length=16, unique=True)
    salt = fields.CharField(max_length=32)
    at = fields.DatetimeField()

    by_id: int | None
    vote_id: int

    @property
    def said(self) -> str:
        """Return what the paper says, as a text to compare: its marks, or its choice where there is only one."""
        return self.marks or self.choice.value

    class Meta:
        table = "paper"
        unique_together = (("vote", "order"),)
        indexes = (("ballot_id", "id"),)

    @property
    def words(self) -> str:
        """Return what the record and the log say that it says."""
        return Said.INVALID.value if self.spoilt else self.choice.value


class Pass(Model):
    """A link that lets one person vote in one ballot without signing in. Stored only as its hash."""

    id = fields.IntField(primary_key=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    ballot = fields.ForeignKeyField(Ballot, "passes", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "passes", on_delete=fields.RESTRICT)
    made_at = fields.DatetimeField()

    ballot_id: int
    person_id: int

    class Meta:
        table = "ballot_pass"
        indexes = (("ballot_id", "person_id"),)


class Telling(Model):
    """One teller counted and found this tally. Two different people must find the same."""

    id = fields.IntField(primary_key=True)
    ballot = fields.ForeignKeyField(Ballot, "tellings", on_delete=fields.RESTRICT)
    teller = fields.ForeignKeyField(Person, "tellings", on_delete=fields.RESTRICT)
    seal = fields.CharField(max_length=64)
    at = fields.DatetimeField()

    teller_id: int

    class Meta:
        table = "telling"
        unique_together = (("ballot", "teller"),)


class Result(Model):
    """What was decided, as canonical text, with the hashes that let anybody compute it again.

    ``detail`` and ``grain`` (0.01 m²) say how finely the public is told.
    """

    id = fields.IntField(primary_key=True)
    ballot = fields.OneToOneField(Ballot, "result", on_delete=fields.RESTRICT)
    outcome = fields.CharEnumField(Outcome, max_length=12)
    tally = fields.TextField()
    decision = fields.TextField()
    certificate = fields.TextField()
    seal = fields.CharField(max_length=64)
    decided_at = fields.DatetimeField()
    shown_until = fields.DatetimeField()
    detail = fields.CharEnumField(Detail, max_length=8, default=Detail.EXACT)
    grain = fields.IntField(default=1)

    ballot_id: int

    class Meta:
        table = "ballot_result"


class Recount(Model):
    """A count asked for because an objection to the result was upheld. Until it is ``settled_at``, nothing stands."""

    id = fields.IntField(primary_key=True)
    ballot = fields.ForeignKeyField(Ballot, "recounts", on_delete=fields.RESTRICT)
    objection_id = fields.IntField()
    asked_by = fields.ForeignKeyField(Person, "recounts_asked", on_delete=fields.RESTRICT)
    asked_at = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)

    ballot_id: int

    class Meta:
        table = "recount"
        indexes = (("ballot_id", "settled_at"),)


class Recounting(Model):
    """One teller counted the papers again and found this. ``agrees`` when it is what was published."""

    id = fields.IntField(primary_key=True)
    recount = fields.ForeignKeyField(Recount, "countings", on_delete=fields.RESTRICT)
    teller = fields.ForeignKeyField(Person, "recountings", on_delete=fields.RESTRICT)
    seal = fields.CharField(max_length=64)
    agrees = fields.BooleanField()
    at = fields.DatetimeField()

    recount_id: int
    teller_id: int

    class Meta:
        table = "recounting"
        unique_together = (("recount", "teller"),)
