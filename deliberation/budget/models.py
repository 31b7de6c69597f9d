"""Budget rounds as stored: projects, one seat a head, papers that are never changed."""

import json
from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.body.models import Body, RollHead, RollVersion
from deliberation.budget.equal_shares import Completion
from deliberation.budget.rules import Kind


class Stage(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"  # 准备中
    ANNOUNCED = "announced"  # 已公布，等开始
    OPEN = "open"  # 正在投
    CLOSED = "closed"  # 截止，等计票
    COUNTED = "counted"  # 已公布结果


class BudgetRound(Model):
    """A sum to be spent by votes, advisory. Money in fen, ``most`` is the projects or points of one ballot."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    body = fields.ForeignKeyField(Body, "budget_rounds", on_delete=fields.RESTRICT)
    roll: fields.ForeignKeyNullableRelation[RollVersion] = fields.ForeignKeyField(
        RollVersion, "budget_rounds", null=True, on_delete=fields.RESTRICT
    )
    title = fields.CharField(max_length=60)
    words = fields.TextField(default="")
    budget = fields.BigIntField()
    kind = fields.CharEnumField(Kind, max_length=12)
    most = fields.IntField()
    completion = fields.CharEnumField(Completion, max_length=8, default=Completion.GREEDY)
    stage = fields.CharEnumField(Stage, max_length=12, default=Stage.DRAFT)
    made_by = fields.ForeignKeyField(Person, "budget_rounds", on_delete=fields.RESTRICT)
    made_at = fields.DatetimeField()
    opens_at = fields.DatetimeField(null=True)
    closes_at = fields.DatetimeField(null=True)
    counted_at = fields.DatetimeField(null=True)
    cast = fields.IntField(default=0)
    result = fields.TextField(default="")
    seal = fields.CharField(max_length=64, default="")

    body_id: int
    roll_id: int | None

    class Meta:
        table = "budget_round"
        indexes = (("community_id", "stage", "id"), ("stage", "closes_at"))

    @property
    def key(self) -> str:
        """Return how events and timers name it."""
        return f"budget-{self.id}"


class BudgetProject(Model):
    """Something the sum could be spent on. ``number`` is its key on ballots. Dropped ones stay, with the reason."""

    id = fields.IntField(primary_key=True)
    round = fields.ForeignKeyField(BudgetRound, "projects", on_delete=fields.RESTRICT)
    number = fields.IntField()
    title = fields.CharField(max_length=60)
    what = fields.CharField(max_length=300)
    cost = fields.BigIntField()
    dropped_at = fields.DatetimeField(null=True)
    why = fields.CharField(max_length=300, default="")

    round_id: int

    class Meta:
        table = "budget_project"
        unique_together = (("round", "number"),)


class BudgetSeat(Model):
    """The one ballot of one head in one round, issued blank. ``papers`` counts what was handed in for it."""

    id = fields.BigIntField(primary_key=True)
    round = fields.ForeignKeyField(BudgetRound, "seats", on_delete=fields.RESTRICT)
    head = fields.ForeignKeyField(RollHead, "budget_seats", on_delete=fields.RESTRICT)
    papers = fields.IntField(default=0)

    round_id: int
    head_id: int

    class Meta:
        table = "budget_seat"
        unique_together = (("round", "head"),)


class BudgetPaper(Model):
    """What was handed in for a head. The last one counts."""

    id = fields.BigIntField(primary_key=True)
    round_id = fields.IntField()
    seat = fields.ForeignKeyField(BudgetSeat, "handed_in", on_delete=fields.RESTRICT)
    order = fields.IntField()
    points = fields.TextField()
    by = fields.ForeignKeyField(Person, "budget_papers", on_delete=fields.RESTRICT)
    receipt = fields.CharField(max_length=16, unique=True)
    at = fields.DatetimeField()

    seat_id: int
    by_id: int

    class Meta:
        table = "budget_paper"
        unique_together = (("seat", "order"),)
        indexes = (("round_id", "id"),)

    @property
    def chosen(self) -> dict[str, int]:
        """Return points by the number of a project."""
        found: dict[str, int] = json.loads(self.points)
        return found
