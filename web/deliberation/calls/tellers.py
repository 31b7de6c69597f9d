"""Who is told of questions to offices: the office when asked, reminded and late; the asker and author of an answer."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.envoys import envoys
from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from deliberation.calls.models import Call
from web.teller import Teller
from web.words import N_

ASKED: Final = N_("有一件事问到您单位，请按时答复：{title}")
NUDGED: Final = N_("明天是答复的最后一天：{title}")
LATE: Final = N_("已经过了答复的日子，还没有答复：{title}")
ANSWERED: Final = N_("单位答复了：{title}")


async def asked(event: Event) -> None:
    """Tell every office that was asked."""
    numbers = facts_of(event)["calls"]
    rows = Call.filter(id__in=numbers if isinstance(numbers, list) else []).select_related("org", "matter")
    for call in await rows.order_by("id"):
        await _tell(event, call, await envoys(call.org, at=event.at), ASKED, desk=True)


async def nudged(event: Event) -> None:
    """Remind the office."""
    call = await _call(event)
    await _tell(event, call, await envoys(call.org, at=event.at), NUDGED, desk=True)


async def overdue(event: Event) -> None:
    """Tell the office, who asked, the author, and those who oversee matters there."""
    call = await _call(event)
    await _tell(event, call, await envoys(call.org, at=event.at), LATE, desk=True)
    overseers = await people_with(Right.MATTER_SUPERVISE, place_id=call.matter.body.place_id, at=event.at)
    await _tell(event, call, [call.asked_by_id, call.matter.author_id, *overseers], LATE)


async def answered(event: Event) -> None:
    """Tell who asked, and the author."""
    call = await _call(event)
    await _tell(event, call, [call.asked_by_id, call.matter.author_id], ANSWERED)


async def _call(event: Event) -> Call:
    number = int(event.subject.removeprefix("call-"))
    return await Call.get(id=number).select_related("org", "matter__body")


async def _tell(event: Event, call: Call, people: list[int], sentence: str, *, desk: bool = False) -> None:
    url = f"/desk/calls/{call.id}" if desk else f"/matters/{call.matter_id}/calls"
    whom = [number for number in people if number != event.actor_id]
    facts = {"title": call.matter.name}
    await tell(whom, sentence, facts, url=url, at=event.at, topic=Topic.MATTER, binding=desk)


TELLERS: Final[Mapping[str, Teller]] = {
    "matter.whistle": asked,
    "matter.ask_answer": asked,
    "call.nudged": nudged,
    "call.overdue": overdue,
    "call.answered": answered,
}
