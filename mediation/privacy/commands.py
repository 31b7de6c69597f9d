"""Opening what is shut, by two people, for some minutes: one asks and says why, another says whether.

Source: 个人信息保护法 6, 51(二), 54; the parties are told afterwards and see it on the log.
"""

from datetime import datetime, timedelta
from typing import Any

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import PHASES, Grade, Seat, Thing, can_read
from mediation.case.keys import lock_with, opened_with
from mediation.case.models import Case
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN, visible_case
from mediation.privacy.logging import put_down
from mediation.privacy.models import GlassPermit
from mediation.privacy.queries import stands, visible_permit
from mediation.privacy.rules import MINUTES, SECONDS, WAIT, Standing, can_ask

MOST_BASIS = 120


@command
async def ask(
    code: str, thing: Thing, *, minutes: int, basis: str, reason: str, by: Person, at: datetime
) -> GlassPermit:
    """Ask that ``thing`` be opened for ``minutes``; it stays shut until a second person says yes.

    Raises:
        Hidden: nothing of this case can be opened for ``by``, or not this.
        Unfit: the reason or the ground is missing or too long, or the minutes are none of `MINUTES`.
        MovedOn: the same wish waits already, or is granted.
    """
    case, seats = await visible_case(by, code, at=at)
    if thing not in can_ask(seats, case.state):
        raise Hidden(HIDDEN)
    told, ground = _fit(minutes, basis, reason)
    if await _running(case, thing, by, at):
        raise MovedOn("同样的查阅已经申请过，正在等答复或者还在时限内，请刷新后再看。")
    seat = next(each for each in Seat if each in seats and can_read(each, thing, PHASES[case.state]) is Grade.PERMIT)
    permit = GlassPermit(community_id=case.community_id, case=case, thing=thing, minutes=minutes, basis=ground)
    permit.asked_by_id, permit.asked_as, permit.asked_at = by.id, seat, at
    permit.reason = lock_with(case, told, about=about(permit))
    await permit.save()
    facts: dict[str, Any] = {"permit": permit.id, "thing": thing, "minutes": minutes, "seat": seat}
    await record("case.glass-asked", case.key, by=by, at=at, community_id=case.community_id, **facts)
    return permit


def _fit(minutes: int, basis: str, reason: str) -> tuple[str, str]:
    told, ground = fitting(reason, "reason"), basis.strip()
    if not told:
        raise Unfit("请写明为什么要看，第二个人凭这个决定。", field="reason")
    if not ground or len(ground) > MOST_BASIS:
        raise Unfit("请写明依据，例如法律第几条、哪一份公函，最多 {most} 个字。", field="basis", most=MOST_BASIS)
    if minutes not in MINUTES:
        raise Unfit("请从给出的时长里选一个。", field="minutes")
    return told, ground


async def _running(case: Case, thing: Thing, by: Person, at: datetime) -> bool:
    rows = GlassPermit.filter(case_id=case.id, thing=thing, asked_by_id=by.id)
    return any(stands(each, at) in (Standing.ASKED, Standing.OPEN) for each in await rows)


@command
async def decide(permit_code: str, *, granted: bool, by: Person, at: datetime) -> GlassPermit:
    """Say whether something is opened; the minutes run from now.

    Raises:
        Hidden: there is no such wish, or it is nothing to ``by``.
        Forbidden: ``by`` asked for it, or may not be the second person.
        MovedOn: it was answered, or a day went by.
    """
    permit, seats = await visible_permit(by, permit_code, at=at)
    second = next((seat for seat in Seat if seat in seats & SECONDS), None)
    if second is None or permit.asked_by_id == by.id:
        raise Forbidden("要由另一个人同意，提出的人自己不能同意。")
    until = at + timedelta(minutes=permit.minutes) if granted else None
    swap = GlassPermit.filter(id=permit.id, decided_at=None, asked_at__gt=at - WAIT)
    changes = {"decided_by_id": by.id, "decided_as": second, "decided_at": at, "granted": granted, "until": until}
    if not await swap.update(**changes):
        raise MovedOn("这个申请已经答复过，或者过了一天没有人答复。")
    permit.update_from_dict(changes)
    facts: dict[str, Any] = {
        "permit": permit.id,
        "thing": permit.thing,
        "granted": granted,
        "asked_by": permit.asked_by_id,
    }
    await record("case.glass-decided", permit.case.key, by=by, at=at, community_id=permit.community_id, **facts)
    return permit


@command
async def look(permit_code: str, *, by: Person, at: datetime) -> GlassPermit:
    """Read what was opened: who asked, within the minutes, while the case still stands where it can be opened.

    Raises:
        Hidden: there is no such permit, or it is somebody else's.
        MovedOn: the minutes are over, or the case went on to where this is shut for good.
    """
    permit, seats = await visible_permit(by, permit_code, at=at)
    if permit.asked_by_id != by.id:
        raise Hidden(HIDDEN)
    if stands(permit, at) is not Standing.OPEN or permit.thing not in can_ask(seats, permit.case.state):
        raise MovedOn("查阅的时限已过。还要看，请再申请一次。")
    first = await GlassPermit.filter(id=permit.id, read_at=None).update(read_at=at)
    await put_down(permit.case, f"glass-{permit.id}", permit.thing, permit.asked_as, by=by, at=at, permit=permit)
    facts: dict[str, Any] = {"permit": permit.id, "thing": permit.thing, "first": bool(first)}
    await record("case.glass-read", permit.case.key, by=by, at=at, community_id=permit.community_id, **facts)
    return permit


def opened_reason(case: Case, permit: GlassPermit) -> str:
    """Return why something was to be opened, in the clear."""
    return opened_with(case, permit.reason, about=about(permit))


def about(permit: GlassPermit) -> str:
    """Return what the reason of a permit is bound to."""
    return f"glass_permit|{permit.code}|reason"
