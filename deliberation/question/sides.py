"""并列 — 党员、户代表、业主的意见摆在一起看，不相加。The same papers side by side, never added up.

Only for asking opinions of residents, one person one paper. Who belongs to a side is frozen with the notice. A side is
told to the public only where neither it nor everybody else would give a single paper away.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.errors import Unfit
from community.people.roles import holdings_at
from community.places.models import Resident
from community.rights import Role
from deliberation.ballot.breakdown import Last, last_votes
from deliberation.ballot.leak import Cast, Detail, guard
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollVersion, RollVoice
from deliberation.body.queries import heads_of_residents
from deliberation.body.rules import Basis, Effect
from deliberation.question.marks import marks_of
from deliberation.question.models import BallotSide
from deliberation.question.queries import question_of
from deliberation.question.rules import Kind, Side

BASES: Final = {Side.HOUSEHOLDS: Basis.HOUSEHOLDS, Side.OWNERS: Basis.OWNERS}


@dataclass(frozen=True, slots=True)
class Beside:
    """One side: how many belong to it, how many took part, and what they said by option; None where that is not told.

    Marks are counted, points added up, of a ranking the first places counted.
    """

    side: Side
    entitled: int
    took: int
    found: Mapping[str, int] | None


def check(sides: Collection[Side], effect: Effect, basis: Basis) -> None:
    """Raise `Unfit` unless sides may be shown beside each other."""
    if sides and (effect is not Effect.ADVISORY or basis is not Basis.RESIDENTS):
        raise Unfit(
            "并列看党员、户代表、业主的意见，只能用在按居民名册的征求意见上。请去掉，或者换名册和效力。", field="sides"
        )


async def freeze(ballot: Ballot, sides: Collection[Side], *, at: datetime) -> None:
    """Write down which heads belong to which side; call it inside the command that announces.

    Raises:
        Unfit: nobody belongs to a side, or its roll was never frozen.
    """
    for side in sorted(sides):
        residents = await _residents(ballot, side, at)
        heads = set((await heads_of_residents(ballot.roll_id, residents)).values())
        if not heads:
            raise Unfit("名册上没有这一方的人，或者还没有冻结这一方的名册。请去掉这一方。", field="sides")
        await BallotSide.bulk_create(
            [BallotSide(ballot_id=ballot.id, side=side, head_id=head) for head in sorted(heads)]
        )


async def _residents(ballot: Ballot, side: Side, at: datetime) -> list[int]:
    if side is Side.PARTY:
        members = holdings_at(at).filter(role=Role.PARTY_MEMBER, person__community_id=ballot.community_id)
        people = await members.values_list("person_id", flat=True)
        return [int(str(row)) for row in await Resident.filter(person_id__in=list(people)).values_list("id", flat=True)]
    rolls = RollVersion.filter(community_id=ballot.community_id, basis=BASES[side])
    roll = await rolls.order_by("-frozen_at", "-id").first()
    found = await RollVoice.filter(roll_id=roll.id).values_list("resident_id", flat=True) if roll else []
    return [int(str(each)) for each in found]


async def beside(ballot: Ballot, last: Sequence[Last], *, exact: bool) -> list[Beside]:
    """Return the sides of a ballot in their order, its last papers given.

    ``exact`` is for those who may read every paper anyway.
    """
    members: dict[Side, set[int]] = defaultdict(set)
    for row in await BallotSide.filter(ballot_id=ballot.id):
        members[row.side].add(row.head_id)
    said = last_votes(last)
    return [_side(ballot, side, members[side], said, exact=exact) for side in Side if side in members]


def _side(ballot: Ballot, side: Side, heads: set[int], last: Sequence[Last], *, exact: bool) -> Beside:
    own = [each.choice for each in last if each.head_id in heads]
    others = [each.choice for each in last if each.head_id not in heads]
    told = exact or (_safe(own) and (not others or _safe(others)))
    return Beside(side, len(heads), len(own), figures(ballot, own) if told else None)


def _safe(said: Sequence[str]) -> bool:
    return guard([Cast(0, each) for each in said]).detail is Detail.EXACT


def figures(ballot: Ballot, said: Sequence[str]) -> Mapping[str, int]:
    """Return what papers say by option, or by yes, no and abstain."""
    question = question_of(ballot)
    if question is None:
        return {choice.value: said.count(choice.value) for choice in Choice}
    papers = [marks_of(each) for each in said]
    if question.kind is Kind.SCORE:
        return {key: sum(marks.get(key, 0) for marks in papers) for key in question.keys}
    if question.kind is Kind.RANKED:
        return {key: sum(marks.get(key) == 1 for marks in papers) for key in question.keys}
    return {key: sum(key in marks for marks in papers) for key in question.keys}
