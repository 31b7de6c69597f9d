"""户代表 — a household says who speaks for it, for how long; the clerk takes it down with the proof.

A declaration goes before the mark on the imported roll. Nothing is overwritten: a new one ends the old one.
Source: 城市居民委员会组织法 (2025) 26–27 (户代表参加居民会议).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from tortoise.expressions import Q

from community.calendar.rules import local_day
from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.places.models import Resident, Unit
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.body.freezing import is_adult
from deliberation.body.models import HouseholdRep
from deliberation.body.rules import Proof

MOST: Final = 100  # declarations for one home on its page


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Who speaks, from which day until before which day (None: until another is declared), and the proof."""

    resident: str
    since: date
    until: date | None = None
    proof: Proof


@command
async def declare(unit_code: str, said: Declaration, *, by: Person, at: datetime) -> HouseholdRep:
    """Take down who speaks for the household of a unit.

    Raises:
        Unfit: that person does not live there or is not of age, or the days make no period.
    """
    unit = await Unit.get_or_none(code=unit_code)
    if unit is None:
        raise Hidden("没有这处房屋。")
    await require_in_place(by, unit.building_id, Right.ROLL_FREEZE, at=at)
    resident = await _living(unit, said)
    if said.until is not None and said.until <= said.since:
        raise Unfit("到期那天要在开始那天以后。", field="until")
    await _make_way(unit, said.since)
    made = await HouseholdRep.create(
        community_id=unit.community_id,
        unit=unit,
        resident=resident,
        since=said.since,
        until=said.until,
        proof=said.proof,
        declared_by=by,
        declared_at=at,
    )
    facts: dict[str, Any] = {
        "unit": unit.id,
        "resident": resident.id,
        "since": said.since,
        "until": said.until,
        "proof": said.proof,
    }
    await record("household.declared", f"household-{made.id}", by=by, at=at, community_id=unit.community_id, **facts)
    return made


async def _living(unit: Unit, said: Declaration) -> Resident:
    resident = await Resident.get_or_none(code=said.resident, unit_id=unit.id)
    if resident is None or (resident.moved_out and resident.moved_out <= said.since):
        raise Unfit("户代表要住在这一户。请从名单里选一位。", field="resident")
    if not is_adult(resident.born_on, said.since):
        raise Unfit("户代表要满十八岁，出生日期要先登记。", field="resident")
    return resident


async def _make_way(unit: Unit, since: date) -> None:
    """End what was declared before from ``since`` on; what would have begun later never begins."""
    running = HouseholdRep.filter(unit_id=unit.id).filter(Q(until=None) | Q(until__gt=since))
    await running.filter(since__lte=since).update(until=since)
    for later in await running.filter(since__gt=since):
        await HouseholdRep.filter(id=later.id).update(until=later.since)


async def speaking(community_id: int, *, at: datetime, among: Sequence[int]) -> dict[int, HouseholdRep]:
    """Return, by unit, who was declared to speak for it today; of these units."""
    on = local_day(at)
    rows = HouseholdRep.filter(community_id=community_id, unit_id__in=list(among), since__lte=on)
    now = rows.filter(Q(until=None) | Q(until__gt=on)).select_related("resident")
    return {row.unit_id: row for row in await now.order_by("id")} if among else {}


async def history(unit: Unit) -> list[HouseholdRep]:
    """Return every declaration for a unit, the newest first."""
    rows = HouseholdRep.filter(unit_id=unit.id).select_related("resident", "declared_by")
    return await rows.order_by("-id").limit(MOST)
