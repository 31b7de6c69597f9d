"""Reading deliveries: what the count takes in, and who is still to be served, by building; never how anybody voted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from community.people.models import Person
from community.places.rules import by_number
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot, Vote
from deliberation.ballot.roll import Delivery, How
from deliberation.ballot.silence import is_served
from deliberation.body.models import RollEntry, RollHead
from deliberation.body.queries import voices_of
from deliberation.delivery.models import BallotDelivery
from deliberation.delivery.rules import FAILED, proof_of
from deliberation.meeting.models import Meeting

LISTED: Final = 400  # heads of one building on a page


@dataclass(frozen=True, slots=True)
class Reached:
    """Where one head stands: it has voted, it counts as served, it refused or was not found, or nobody came yet."""

    head: RollHead
    voted: bool
    served: bool
    failed: How | None
    tries: tuple[BallotDelivery, ...]

    @property
    def waits(self) -> bool:
        """Return whether somebody should still go there."""
        return not (self.voted or self.served)


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a building, or everything, is: heads and areas in 0.01 m²."""

    building: str
    heads: int
    area: int
    voted: int
    served: int
    failed: int
    waiting: int
    waiting_area: int


async def counted(ballot: Ballot) -> list[Delivery]:
    """Return every delivery that stands, as the count reads it."""
    rows = BallotDelivery.filter(ballot_id=ballot.id, struck_at=None).select_related("head").order_by("id")
    return [_delivery(row) for row in await rows]


def _delivery(row: BallotDelivery) -> Delivery:
    proof = proof_of(row.how, number=row.id, sha256=row.sha256, meeting_id=row.meeting_id)
    return Delivery(row.head.key, row.how, proof, row.warned)


async def reached(ballot: Ballot, building: str | None = None) -> list[Reached]:
    """Return where the heads stand, all of them or those with a part in one building, by id."""
    heads = RollHead.filter(roll_id=ballot.roll_id)
    if building is not None:
        heads = heads.filter(entries__building=building)
    rows = {head.id: head for head in await heads.order_by("id")}
    tries: dict[int, list[BallotDelivery]] = defaultdict(list)
    made = BallotDelivery.filter(ballot_id=ballot.id, struck_at=None).select_related("head", "by").order_by("id")
    for row in await made:
        tries[row.head_id].append(row)
    voted = {int(str(each)) for each in await _voted(ballot)}
    rule = thaw(ballot.rule_json)
    found = []
    for number, head in rows.items():
        here = tries[number]
        served = any(is_served(_delivery(row), rule) for row in here)
        failed = next((row.how for row in reversed(here) if row.how in FAILED), None)
        found.append(Reached(head, number in voted, served, None if served else failed, tuple(here)))
    return found


async def _voted(ballot: Ballot) -> list[object]:
    return list(await Vote.filter(ballot_id=ballot.id, papers__gt=0).values_list("head_id", flat=True))


async def rounds(ballot: Ballot) -> list[Stand]:
    """Return how far every building is, then all together; who owns in two buildings is in both."""
    every = await reached(ballot)
    homes: dict[str, set[int]] = defaultdict(set)
    for building, head in await RollEntry.filter(roll_id=ballot.roll_id).values_list("building", "head_id"):
        homes[str(building)].add(int(head))
    names = sorted(homes, key=by_number)
    parts = [summed(name, [one for one in every if one.head.id in homes[name]]) for name in names]
    return [*parts, summed("", every)]


def summed(building: str, every: Iterable[Reached]) -> Stand:
    """Add up where heads stand."""
    those = list(every)
    waiting = [one for one in those if one.waits]
    return Stand(
        building,
        len(those),
        sum(one.head.area for one in those),
        sum(one.voted for one in those),
        sum(one.served for one in those),
        sum(one.failed is not None and not one.voted for one in those),
        len(waiting),
        sum(one.head.area for one in waiting),
    )


async def meetings_for(ballot: Ballot) -> list[Meeting]:
    """Return the meetings of the body that had this matter on their agenda and were opened."""
    found = Meeting.filter(body_id=ballot.body_id, items__matter_id=ballot.matter_id).exclude(opened_at=None)
    return await found.distinct().order_by("id")


async def unseen(person: Person, ballot: Ballot) -> bool:
    """Return whether ``person`` acts for a head for which no login was written down."""
    heads = {voice.head_id for voice in await voices_of(person, ballot.roll_id)}
    before = BallotDelivery.filter(ballot_id=ballot.id, how=How.LOGIN, struck_at=None, head_id__in=sorted(heads))
    return len(heads) > await before.count() if heads else False
