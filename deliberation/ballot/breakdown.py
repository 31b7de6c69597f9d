"""Turnout and votes by building, as finely as gives nobody's vote away; how finely a count is told at all.

A page that shows several of these reads the last papers once (`last_papers`) and where heads live once (`places`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tortoise.expressions import F

from deliberation.ballot import publishing
from deliberation.ballot.leak import Cast, Verdict
from deliberation.ballot.models import Ballot, Channel, Paper, Vote
from deliberation.ballot.publishing import Cell, Took
from deliberation.body.rules import Effect
from deliberation.question.rules import Kind


@dataclass(frozen=True, slots=True)
class Last:
    """What a head said in the end, what it weighs, and by which way; ``counts`` unless it is spoilt or set aside."""

    head_id: int
    area: int
    choice: str
    channel: Channel
    counts: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Where a head lives, in the building of its largest part, and whether it handed anything in."""

    building: str
    took: bool


async def last_papers(ballot: Ballot) -> list[Last]:
    """Return the last paper of every head that handed one in, whether or not it counts."""
    every = Paper.filter(ballot_id=ballot.id, order=F("vote__papers")).order_by("id")
    found: Any = await every.values_list(*_LAST)
    return [
        Last(head, area, str(marks or choice), Channel(channel), counts=aside is None and not spoilt)
        for head, area, choice, marks, channel, aside, spoilt in found
    ]


_LAST: Final = ("vote__head_id", "vote__area", "choice", "marks", "channel", "vote__set_aside_at", "spoilt")


def last_votes(last: Iterable[Last]) -> list[Last]:
    """Return those that count."""
    return [each for each in last if each.counts]


async def verdict_of(ballot: Ballot) -> Verdict:
    """Return how finely the public is told of a count."""
    if ballot.effect is Effect.BINDING:
        return publishing.WHOLE
    said = last_votes(await last_papers(ballot))
    return publishing.verdict(ballot.effect, [Cast(each.area, each.choice) for each in said])


async def places(ballot: Ballot) -> dict[int, Home]:
    """Return where each head lives: in the building of its largest part; in none where it has no part."""
    votes = Vote.filter(ballot_id=ballot.id).order_by("head__entries__area", "-head__entries__id")
    found: Any = await votes.values_list("head_id", "papers", "head__entries__building")
    homes: dict[int, Home] = {}
    for head, papers, building in found:
        if building or head not in homes:
            homes[head] = Home(str(building or ""), bool(papers))
    return homes


def turnout_by_building(homes: Mapping[int, Home]) -> list[Took]:
    """Return who took part, by building; nothing where there are too few heads or one building only."""
    heads: dict[str, list[bool]] = defaultdict(list)
    for home in homes.values():
        heads[home.building].append(home.took)
    return publishing.turnout_by_building([Took(name, sum(took), len(took)) for name, took in heads.items()])


def choices_by_building(ballot: Ballot, homes: Mapping[int, Home], last: Sequence[Last]) -> list[Cell]:
    """Return how buildings voted, by heads; nothing where there was more to choose than yes and no."""
    if ballot.kind is not Kind.YES_NO:
        return []
    said: dict[str, list[str]] = defaultdict(list)
    for each in last_votes(last):
        said[homes[each.head_id].building].append(each.choice)
    return publishing.choices_by_building(said)
