"""Who is called when a case turns red: link by link, in a sentence that says nothing of what it is about."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.record.models import Event
from community.record.outbox import facts_of
from mediation.case.models import Case
from mediation.risk.alarm import called
from mediation.risk.models import RiskAlarm
from web.teller import Teller
from web.words import N_

ALARM: Final = N_("紧急：有一件事请您马上看（查询码 {code}）")
CLAIMED: Final = N_("有一条防激化的记录等您核对（查询码 {code}）")
EXTRACTED: Final = N_("有一件事的摘要交给了公安，请您看一看（查询码 {code}）")


async def assessed(event: Event) -> None:
    """A colour was looked at again: when that sounded the alarm, who leads and directs."""
    alarm = int(str(facts_of(event)["alarm"]))
    if alarm:
        await _call(alarm, 0, event)


async def rung(event: Event) -> None:
    """Nobody answered: the next in the chain."""
    await _call(int(event.subject.removeprefix("alarm-")), int(str(facts_of(event)["step"])), event)


async def extracted(event: Event) -> None:
    """Somebody gave the police a paper: the others who answer for the case."""
    case = await Case.get(id=int(str(facts_of(event)["case"])))
    people = {*await called(case, 0, at=event.at), *await called(case, 1, at=event.at)} - {event.actor_id}
    told, url = {"code": case.code}, f"/cases/{case.code}/risk"
    await tell(people, EXTRACTED, told, url=url, at=event.at, topic="case", binding=True, dedupe=f"extract-{event.id}")


async def claimed(event: Event) -> None:
    """Somebody says what was kept from happening: the other of those who lead and direct, to look at it."""
    case = await Case.get(id=int(str(facts_of(event)["case"])))
    people = {*await called(case, 0, at=event.at)} - {event.actor_id}
    told, url = {"code": case.code}, f"/cases/{case.code}/prevented"
    await tell(people, CLAIMED, told, url=url, at=event.at, topic="case", dedupe=f"prevented-{event.id}")


async def _call(alarm_id: int, step: int, event: Event) -> None:
    alarm = await RiskAlarm.get(id=alarm_id).select_related("case")
    case: Case = alarm.case
    people = await called(case, step, at=event.at)
    told, url, mark = {"code": case.code}, f"/cases/{case.code}/risk", f"{event.kind}-{event.id}"
    await tell(people, ALARM, told, url=url, at=event.at, topic="case", binding=True, dedupe=mark)


TELLERS: Final[Mapping[str, Teller]] = {
    "risk.assessed": assessed,
    "risk.rung": rung,
    "risk.extracted": extracted,
    "prevented.claimed": claimed,
}
