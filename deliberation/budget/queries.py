"""Reading budget rounds. How anybody voted is read by the count and by themself alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from community.errors import Hidden
from community.people.models import Person
from deliberation.body.queries import voices_of
from deliberation.budget.models import BudgetPaper, BudgetProject, BudgetRound, BudgetSeat, Stage
from deliberation.budget.rules import Project, Round, Why, gathered

PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one project in one count: sums in fen, ``each`` what a supporter paid at most."""

    number: int
    why: Why
    support: int
    left: int
    each: int | None

    @property
    def won(self) -> bool:
        """Return whether it is funded."""
        return self.why in (Why.WON, Why.FILLED)


@dataclass(frozen=True, slots=True)
class Told:
    """One count as it was published."""

    method: str
    spent: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """A head for which somebody may vote, with what they last handed in."""

    head_id: int
    label: str
    paper: BudgetPaper | None


async def listed(community_id: int | None) -> list[BudgetRound]:
    """Return the public rounds of a community, newest first."""
    rows = BudgetRound.exclude(stage=Stage.DRAFT).select_related("body")
    return await (rows.filter(community_id=community_id) if community_id else rows).order_by("-id").limit(PAGE)


async def find(round_id: int, *, drafts: bool = False) -> BudgetRound:
    """Return a round, or raise `Hidden` when there is none in the open."""
    found = await BudgetRound.get_or_none(id=round_id).select_related("body")
    if found is None or (found.stage is Stage.DRAFT and not drafts):
        raise Hidden("没有这一轮预算表决。")
    return found


async def projects(round_: BudgetRound) -> Sequence[BudgetProject]:
    """Return every project of a round, dropped ones too, by number."""
    return await BudgetProject.filter(round_id=round_.id).order_by("number")


async def mine(person: Person, round_: BudgetRound) -> list[Mine]:
    """Return the heads for which ``person`` may vote in a round."""
    voices = await voices_of(person, round_.roll_id) if round_.roll_id else []
    heads = [voice.head_id for voice in voices]
    papers = (
        await BudgetPaper.filter(round_id=round_.id, seat__head_id__in=heads).order_by("order").select_related("seat")
    )
    last = {paper.seat.head_id: paper for paper in papers}
    return [Mine(voice.head_id, voice.head.label, last.get(voice.head_id)) for voice in voices]


async def as_cast(round_: BudgetRound) -> Round:
    """Return a round as it is counted: the projects still in it, the last paper of each head."""
    rows = [row for row in await projects(round_) if row.dropped_at is None]
    last: dict[int, dict[str, int]] = {}
    for paper in await BudgetPaper.filter(round_id=round_.id).order_by("id"):
        last[paper.seat_id] = paper.chosen
    known = tuple(Project(str(row.number), row.cost, row.title) for row in rows)
    return Round(round_.budget, known, gathered(last[seat] for seat in sorted(last)), round_.kind)


async def heads(round_: BudgetRound) -> int:
    """Return how many heads may vote."""
    return await BudgetSeat.filter(round_id=round_.id).count()


def told(round_: BudgetRound) -> list[Told]:
    """Return the counts as they were published, most votes first."""
    found = json.loads(round_.result)["counts"] if round_.result else []
    return [
        Told(
            each["method"],
            each["spent"],
            tuple(
                Line(int(line["key"]), Why(line["why"]), line["support"], line["left"], line["each"])
                for line in each["steps"]
            ),
        )
        for each in found
    ]
