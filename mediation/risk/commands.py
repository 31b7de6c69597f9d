"""Noting signs, setting a colour by hand, and answering the alarm."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from tortoise.expressions import F

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import cancel_timers
from mediation.case.access import Seat, Thing
from mediation.case.keys import lock_with
from mediation.case.models import Case
from mediation.case.noting import fitting
from mediation.case.queries import readable
from mediation.risk.alarm import RING, sound
from mediation.risk.models import RiskAlarm, RiskRuling, RiskSign, RiskStanding
from mediation.risk.queries import about, assessed, open_alarm
from mediation.risk.rules import ORDER, Level, Sign, found

PAIR: Final = frozenset({Seat.MEDIATOR, Seat.DIRECTOR})
"""Who lowers a colour: one of each."""


async def look_at(case: Case, text: str, *, place: str, by: Person, at: datetime) -> None:
    """Look for signs in what a party says; call it inside the command that stores the words."""
    signs = found(text)
    if signs:
        await _seen(case, signs, place=place, by=by, at=at)


@command
async def _seen(case: Case, signs: Iterable[Sign], *, place: str, by: Person, at: datetime) -> None:
    await hold(case)
    rows = [RiskSign(case=case, sign=sign, place=place, by=by, at=at) for sign in signs]
    await RiskSign.bulk_create(rows)
    await _assess(case, None, at, how="words")


@command
async def note_sign(code: str, sign: Sign, *, by: Person, at: datetime) -> None:
    """Note a sign that somebody knows of."""
    case, _ = await readable(by, code, Thing.RISK, at=at)
    await hold(case)
    await RiskSign.create(case=case, sign=sign, by=by, at=at)
    await _assess(case, by, at, how="noted")


@command
async def set_level(code: str, level: Level, reason: str, *, by: Person, at: datetime) -> RiskRuling:
    """Set the colour by hand: up at once, down when the other of mediator and director agrees.

    Raises:
        Unfit: there is no reason, or the case has that colour.
        Forbidden: somebody else than mediator or director asks to lower it.
    """
    case, seats = await readable(by, code, Thing.RISK, at=at)
    words = fitting(reason, "reason")
    if not words:
        raise Unfit("请写一句为什么这样定。", field="reason")
    await hold(case)
    was = (await assessed(case)).level
    if level == was:
        raise Unfit("现在就是这个等级，不用改。", field="level")
    lowers = ORDER.index(level) < ORDER.index(was)
    if lowers and not seats & PAIR:
        raise Forbidden("降低等级要由主持的调解员和主任两个人一起定。")
    ruling = await RiskRuling.create(
        case=case,
        level=level,
        lowers=lowers,
        reason=lock_with(case, words, about=about(case)),
        by=by,
        asked_at=at,
        at=None if lowers else at,
    )
    await _assess(case, by, at, how="asked" if lowers else "raised")
    return ruling


@command
async def agree(code: str, *, by: Person, at: datetime) -> None:
    """Agree to lower the colour, as the other of mediator and director."""
    case, seats = await readable(by, code, Thing.RISK, at=at)
    await hold(case)
    asked = await RiskRuling.filter(case_id=case.id, lowers=True, at=None).order_by("-id").select_related("by").first()
    if asked is None:
        raise MovedOn("没有等您同意的事，请刷新页面看看。")
    _, theirs = await readable(asked.by, code, Thing.RISK, at=at)
    one_of_each = (Seat.MEDIATOR in seats and Seat.DIRECTOR in theirs) or (
        Seat.DIRECTOR in seats and Seat.MEDIATOR in theirs
    )
    if asked.by_id == by.id or not one_of_each:
        raise Forbidden("降低等级要由主持的调解员和主任两个人一起定。")
    await RiskRuling.filter(id=asked.id).update(second_id=by.id, at=at)
    await _assess(case, by, at, how="lowered")


@command
async def acknowledge(code: str, *, by: Person, at: datetime) -> None:
    """Answer the alarm: the next in the chain are not called."""
    case, _ = await readable(by, code, Thing.RISK, at=at)
    alarm = await open_alarm(case)
    taken = await RiskAlarm.filter(case_id=case.id, acked_at=None).update(acked_at=at, acked_by_id=by.id)
    if alarm is None or not taken:
        raise MovedOn("这次警报已经有人接了，请刷新页面看看。")
    await cancel_timers(RING, alarm.key)
    seconds = int((at - alarm.raised_at).total_seconds())
    await record("risk.acknowledged", alarm.key, by=by, at=at, community_id=case.community_id, seconds=seconds)


async def hold(case: Case) -> None:
    """Hold the colour of a case until the transaction ends, so that of two at once the later one sees both.

    Not the case's own row: who speaks holds a room already, and who moves a case takes its rooms after it.
    """
    await RiskStanding.bulk_create([RiskStanding(case=case)], ignore_conflicts=True)
    await RiskStanding.filter(case_id=case.id).update(level=F("level"))


async def _assess(case: Case, by: Person | None, at: datetime, *, how: str) -> None:
    """Record the colour as it stands, and sound the alarm when something makes or keeps the case red."""
    now = await assessed(case)
    await RiskStanding.filter(case_id=case.id).exclude(level=now.level).update(level=now.level, since=at)
    rings = now.level is Level.RED and now.alarm is None and how not in ("asked", "lowered")
    alarm = await sound(case, at=at) if rings else None
    facts: dict[str, Any] = {"case": case.id, "how": how, "level": now.level, "alarm": alarm.id if alarm else 0}
    await record("risk.assessed", f"risk-{case.id}", by=by, at=at, community_id=case.community_id, **facts)
