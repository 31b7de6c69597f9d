"""Ending a body, by the office that may open one."""

from datetime import datetime
from typing import Final

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from community.record.transaction import command
from deliberation.body.models import Body
from deliberation.body.rules import PRESETS, WHY
from deliberation.matter.models import Matter
from deliberation.matter.states import RUNNING, State

UNDECIDED: Final = (*(state for state in RUNNING if state not in (State.EXPIRED, State.NOT_PASSED)), State.SUSPENDED)
"""A body with a matter in one of these still has something to do."""


@command
async def end(body_id: int, why: str, *, by: Person, at: datetime) -> Body:
    """End a body: no new matters, no new rolls; what it decided stays readable.

    Raises:
        Unfit: no reason was given, or it still has matters under way.
        MovedOn: it has ended already.
    """
    body = await Body.get_or_none(id=body_id)
    if body is None:
        raise Hidden("没有这个会议。")
    await require_in_place(by, body.place_id, PRESETS[body.kind].founder, at=at)
    if not WHY[0] <= len(why.strip()) <= WHY[1]:
        raise Unfit("请写明为什么结束，{fewest} 到 {most} 个字。", field="why", fewest=WHY[0], most=WHY[1])
    if n := await Matter.filter(body_id=body.id, state__in=UNDECIDED).count():
        raise Unfit("这个会议还有 {n} 件事没有办完，办完或者撤回以后才能结束。", field="why", n=n)
    if not await Body.filter(id=body.id, ended_at=None).update(ended_at=at, ended_why=why.strip()):
        raise MovedOn("这个会议已经结束了。")
    await record("body.ended", f"body-{body.id}", by=by, at=at, community_id=body.community_id, kind_is=body.kind)
    await body.refresh_from_db()
    return body
