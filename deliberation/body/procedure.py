"""议事规则 — what a body's own rules of procedure say about seconding; matters submitted later follow them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from community.calendar.rules import local_day
from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.body.models import Body
from deliberation.body.thresholds import MOST_LEAST, MOST_PERCENT

HOURS = (0, 24, 48, 72)  # 0: by the number of people asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """What was agreed: at least ``percent`` of the roll and ``least`` heads, ``hours`` to confirm, on which day."""

    percent: int
    least: int
    hours: int
    agreed_on: date


@command
async def set_procedure(body_id: int, agreed: Procedure, *, by: Person, at: datetime) -> Body:
    """Let the body's own rules of procedure say how many second an ordinary matter; the statutory lines stay.

    Raises:
        Forbidden: not a host of this body.
        Unfit: a number is out of bounds, or the day is still to come.
    """
    body = await find_body(body_id, by=by, at=at)
    if not 0 <= agreed.percent <= MOST_PERCENT:
        raise Unfit("请填 0 到 {most} 之间的整数。", field="percent", most=MOST_PERCENT)
    if not 1 <= agreed.least <= MOST_LEAST:
        raise Unfit("请填 1 到 {most} 之间的整数。", field="least", most=MOST_LEAST)
    if agreed.hours not in HOURS:
        raise Unfit("请从给出的选项里选一个。", field="hours")
    if agreed.agreed_on > local_day(at):
        raise Unfit("日期不能晚于今天。", field="agreed_on")
    columns = {"seconds_percent": agreed.percent, "seconds_least": agreed.least, "confirm_hours": agreed.hours}
    await Body.filter(id=body.id).update(**columns, rules_of=agreed.agreed_on)
    told: dict[str, Any] = {**columns, "agreed_on": agreed.agreed_on.isoformat()}
    await record("body.procedure", f"body-{body.id}", by=by, at=at, community_id=body.community_id, **told)
    await body.refresh_from_db()
    return body


async def find_body(body_id: int, *, by: Person, at: datetime) -> Body:
    """Return a body whose procedure ``by`` may change.

    Raises:
        Hidden: there is none.
        Forbidden: not a host of it.
    """
    body = await Body.get_or_none(id=body_id)
    if body is None:
        raise Hidden("没有这个会议。")
    await require_in_place(by, body.place_id, Right.MATTER_HOST, at=at)
    return body
