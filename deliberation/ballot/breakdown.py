"""Turnout and votes by building, as finely as gives nobody's vote away; how finely a count is told at all."""

from collections import defaultdict
from dataclasses import dataclass

from tortoise.expressions import F

from deliberation.ballot import publishing
from deliberation.ballot.leak import Cast, Verdict
from deliberation.ballot.models import Ballot, Paper, Vote
from deliberation.ballot.publishing import Cell, Took
from deliberation.body.models import RollEntry
from deliberation.body.rules import Effect
from deliberation.question.rules import Kind


@dataclass(frozen=True, slots=True)
class Last:
    """What a head said in the end, and what it weighs."""

    head_id: int
    area: int
    choice: str


async def last_votes(ballot: Ballot) -> list[Last]:
    """Return the last valid paper of every head that handed one in."""
    rows = Paper.filter(ballot_id=ballot.id, vote__set_aside_at=None, spoilt=False, order=F("vote__papers"))
    found = await rows.order_by("id").values_list("vote__head_id", "vote__area", "choice", "marks")
    return [Last(int(head), int(area), str(marks or choice)) for head, area, choice, marks in found]


async def verdict_of(ballot: Ballot) -> Verdict:
    """Return how finely the public is told of a count."""
    if ballot.effect is Effect.BINDING:
        return publishing.WHOLE
    return publishing.verdict(ballot.effect, [Cast(each.area, each.choice) for each in await last_votes(ballot)])


async def turnout_by_building(ballot: Ballot) -> list[Took]:
    """Return who took part, by building; nothing where there are too few heads or one building only."""
    where = await _buildings(ballot)
    rows = await Vote.filter(ballot_id=ballot.id).values_list("head_id", "papers")
    heads: dict[str, list[bool]] = defaultdict(list)
    for head, papers in rows:
        heads[where.get(int(head), "")].append(bool(papers))
    return publishing.turnout_by_building([Took(name, sum(took), len(took)) for name, took in heads.items()])


async def choices_by_building(ballot: Ballot) -> list[Cell]:
    """Return how buildings voted, by heads; nothing where there was more to choose than yes and no."""
    if ballot.kind is not Kind.YES_NO:
        return []
    where = await _buildings(ballot)
    said: dict[str, list[str]] = defaultdict(list)
    for each in await last_votes(ballot):
        said[where.get(each.head_id, "")].append(each.choice)
    return publishing.choices_by_building(said)


async def _buildings(ballot: Ballot) -> dict[int, str]:
    """Return the building of each head: of its largest part; nothing for those who have none."""
    rows = RollEntry.filter(roll_id=ballot.roll_id).exclude(building="").order_by("area", "-id")
    return {int(head): str(building) for head, building in await rows.values_list("head_id", "building")}
