"""延长 — the close is put off once, by the days named in the notice, when too few have taken part."""

from datetime import datetime, timedelta
from typing import Final

from community.errors import MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import cancel_timers
from deliberation.ballot.announcing import set_clocks
from deliberation.ballot.casting import running
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot, BallotState
from deliberation.ballot.queries import turnout
from deliberation.ballot.shares import Basis, Part
from deliberation.matter.models import Matter
from deliberation.matter.moving import move
from deliberation.matter.workflow import MOVED_ON, Verb

CLOCKS: Final = ("ballot.remind", "ballot.close")


async def lacking(ballot: Ballot) -> bool:
    """Return whether too few have handed in a paper for the vote to stand; silence is not looked at yet."""
    took = await turnout(ballot)
    share = {Basis.HEADS: (took.heads, took.all_heads), Basis.AREA: (took.area, took.all_area)}
    lines = [line for line in thaw(ballot.rule_json).quorum if line.count is Part.TAKING_PART and line.of is Part.ALL]
    return any(not line.met(*share[line.basis]) for line in lines)


@command
async def extend(ballot_id: int, *, by: Person, at: datetime) -> Ballot:
    """Put the close off by the days fixed in the notice, once, before it has passed.

    Raises:
        Forbidden: not one who sets votes up.
        Unfit: the notice named no days, it was put off before, it has closed, enough have taken part,
            or sheets wait to be entered.
        MovedOn: somebody was faster.
    """
    ballot = await running(ballot_id, at=at)
    await require_in_place(by, ballot.body.place_id, Right.BALLOT_SET_UP, at=at)
    if not ballot.extend_days:
        raise Unfit("公示时没有定延长的办法，不能延长。")
    if ballot.extended_at:
        raise Unfit("已经延长过一次，不能再延长。")
    if ballot.sheets_open:
        raise Unfit("还有 {n} 张纸票没有录完，请先录完、核对完。", n=ballot.sheets_open)
    if not await lacking(ballot):
        raise Unfit("参加的已经够了，不用延长。")
    later = ballot.closes_at + timedelta(days=ballot.extend_days)
    still = Ballot.filter(id=ballot.id, state=BallotState.OPEN, extended_at=None)
    if not await still.update(closes_at=later, extended_at=at):
        raise MovedOn(MOVED_ON)
    for kind in CLOCKS:
        await cancel_timers(kind, f"ballot-{ballot.id}")
    was, ballot.closes_at = ballot.closes_at, later
    await set_clocks(ballot)
    facts = {"ballot": ballot.id, "closed": was.isoformat(), "closes": later.isoformat()}
    await move(await Matter.get(id=ballot.matter_id), Verb.EXTEND, by=by, at=at, set_due_at=later, **facts)
    return ballot
