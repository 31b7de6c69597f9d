"""排查 — going round and asking whether there are quarrels: how many homes, how many found, how many settled at once.

What needs a case is registered as one by itself. Source: 人民调解法 17 (committees may offer mediation on their own),
25 (prevent in time); 司发通〔2010〕239号 (排查次数、排查发现、预防纠纷).
"""

from datetime import date, datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Hidden, MovedOn, Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import orgs_where
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.intake.models import Sweep

MOST: Final = 100_000
SHOWN: Final = 100
NOT_YOURS: Final = "没有找到这一页。请换受理员或者主任的账号登录。"


async def sweeping(me: Person, *, at: datetime) -> list[Org]:
    """Return the organisations for which ``me`` writes down sweeps; raises `Hidden` where there is none."""
    found = await Org.filter(id__in=await orgs_where(me, Right.CASE_INTAKE, at=at)).order_by("id")
    mine = [each for each in found if each.community_id]
    if not mine:
        raise Hidden(NOT_YOURS)
    return mine


async def sweeps_of(me: Person, *, at: datetime) -> list[Sweep]:
    """Return the sweeps of the organisations of ``me``, the newest first, without those that were struck out."""
    mine = [each.id for each in await sweeping(me, at=at)]
    rows = Sweep.filter(org_id__in=mine, struck_at=None).order_by("-on", "-id").limit(SHOWN)
    return await rows.select_related("org", "by")


@command
async def put_down(on: date, homes: int, found: int, settled: int, *, by: Person, at: datetime) -> Sweep:
    """Write down one sweep.

    Raises:
        Hidden: ``by`` is no clerk of a committee.
        Unfit: the day is to come, or the figures cannot be.
    """
    org = (await sweeping(by, at=at))[0]
    if on > local_day(at):
        raise Unfit("排查的日子不能在今天以后。", field="on")
    if not 0 < homes <= MOST:
        raise Unfit("走访的户数请写 1 到 {most}。", field="homes", most=MOST)
    if not 0 <= settled <= found <= MOST:
        raise Unfit("当场劝好的不能比发现的多。", field="settled")
    facts: dict[str, Any] = {"org": org, "community_id": org.community_id, "on": on, "homes": homes, "found": found}
    made = await Sweep.create(**facts, settled=settled, by=by, at=at)
    await record(
        "sweep.noted", f"sweep-{made.id}", by=by, at=at, community_id=org.community_id, org=org.id, found=found
    )
    return made


@command
async def strike(code: str, *, by: Person, at: datetime) -> Sweep:
    """Strike out a sweep that was written down wrongly; it stays in the record and is not counted any more.

    Raises:
        Hidden: it is not there, or not theirs.
        MovedOn: it was struck out already.
    """
    mine = [each.id for each in await sweeping(by, at=at)]
    row = await Sweep.get_or_none(code=code, org_id__in=mine)
    if row is None:
        raise Hidden(NOT_YOURS)
    if not await Sweep.filter(id=row.id, struck_at=None).update(struck_at=at):
        raise MovedOn("这一条已经划掉了，请刷新页面看看。")
    await record("sweep.struck", f"sweep-{row.id}", by=by, at=at, community_id=row.community_id, org=row.org_id)
    return row
