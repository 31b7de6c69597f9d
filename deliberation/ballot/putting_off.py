"""停机顺延 — the close moves when the site was away shortly before it: twice as long, at most a day, once.

Fixed in every notice before the vote opens. What decides is the table of outages, which the platform writes itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from community.record.transaction import command
from community.timers.outages import away
from deliberation.ballot.announcing import set_clocks
from deliberation.ballot.models import Ballot, BallotState
from deliberation.matter.models import Matter
from deliberation.matter.moving import move
from deliberation.matter.workflow import Verb

BEFORE: Final = timedelta(hours=2)
LEAST: Final = timedelta(minutes=5)
TIMES: Final = 2
MOST: Final = timedelta(hours=24)

Away = Sequence[tuple[datetime, datetime]]


def later(closes: datetime, outages: Away) -> datetime:
    """Return when a vote closes after these outages, which do not overlap; the same instant where nothing moves.

    They count when they took five minutes or more of the last two hours, then with their whole length. A close that
    would itself fall into an outage is counted from the end of it, so that there is time to vote.

    >>> from datetime import UTC
    >>> at = lambda hour, minute: datetime(2026, 6, 5, hour, minute, tzinfo=UTC)
    >>> later(at(12, 0), [(at(11, 0), at(11, 10))]) == at(12, 20)
    True
    """
    touching = [(since, until) for since, until in outages if until > closes - BEFORE and since < closes]
    lost = sum((min(until, closes) - max(since, closes - BEFORE) for since, until in touching), timedelta(0))
    if lost < LEAST:
        return closes
    more = min(TIMES * sum((until - since for since, until in touching), timedelta(0)), MOST)
    back = max(until for _, until in touching)
    return closes + more if closes + more > back else back + more


async def planned(ballot: Ballot) -> datetime:
    """Return when a ballot will close as things stand, outages before its close taken in."""
    if ballot.put_off_at:
        return ballot.closes_at
    return later(ballot.closes_at, await away(ballot.closes_at - BEFORE, ballot.closes_at))


@command
async def put_off(ballot_id: int, closes: datetime, *, at: datetime) -> None:
    """Let a ballot close later because the site was away; its own clock calls this, once."""
    ballot = await Ballot.get(id=ballot_id, state=BallotState.OPEN, put_off_at=None)
    await Ballot.filter(id=ballot.id).update(closes_at=closes, put_off_at=at)
    was, ballot.closes_at = ballot.closes_at, closes
    await set_clocks(ballot)
    facts: dict[str, Any] = {"ballot": ballot.id, "closed": was.isoformat(), "closes": closes.isoformat()}
    await move(await Matter.get(id=ballot.matter_id), Verb.PUT_OFF, by=None, at=at, set_due_at=closes, **facts)
