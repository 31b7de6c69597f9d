"""Who is told of what was done with help: the resident at once, the helper when stopped, the supervisors."""

from collections.abc import Mapping
from typing import Final

from community.helping.models import Authorisation, Callback, HelpStop
from community.helping.rules import Deed, Outcome
from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right, Role
from deliberation.matter.models import Matter
from web.teller import Teller
from web.words import N_

DONE: Final = {
    (Role.GRID_WORKER, Deed.ENDORSE): N_("网格员替您附议了“{title}”。不是您的意思，就点这里撤回。"),
    (Role.GRID_WORKER, Deed.COMMENT): N_("网格员替您在“{title}”留了言。不是您的意思，就点这里撤回。"),
    (Role.CLERK, Deed.ENDORSE): N_("居委会工作人员替您附议了“{title}”。不是您的意思，就点这里撤回。"),
    (Role.CLERK, Deed.COMMENT): N_("居委会工作人员替您在“{title}”留了言。不是您的意思，就点这里撤回。"),
}
UNDONE: Final = N_("您代办的“{title}”作废了，原因写在授权页上。")
STOPPED: Final = N_("回访发现一件代办不属实，您的代办先停了。请找监督委员会说明情况。")
UNTRUE: Final = N_("回访发现一件代办不属实，经办人已经停办，请过问。")
DRAWN: Final = N_("这一周的代办抽好了，有 {n} 个回访电话要打。")
LIFTED: Final = N_("您可以继续代办了。")


async def done(event: Event) -> None:
    """Tell the resident who has an account, by inbox and mail, whatever they chose."""
    facts = facts_of(event)
    if event.for_id is None:
        return
    given, title = await _given(event), await _title(facts)
    sentence = DONE[Role(str(facts["role"])), Deed(str(facts["deed"]))]
    await tell(
        [event.for_id],
        sentence,
        {"title": title},
        url=f"/helping/{given.code}",
        at=event.at,
        topic=Topic.MATTER,
        binding=True,
    )


async def undone(event: Event) -> None:
    """Tell the helper."""
    given, title = await _given(event), await _title(facts_of(event))
    url = f"/helping/{given.code}"
    await tell([given.helper_id], UNDONE, {"title": title}, url=url, at=event.at, topic=Topic.MATTER)


async def called(event: Event) -> None:
    """Tell the helper and the supervisors of something untrue."""
    if facts_of(event)["outcome"] != Outcome.UNTRUE:
        return
    call = await Callback.get(id=int(event.subject.removeprefix("callback-")))
    stop = await HelpStop.get(callback_id=call.id)
    over = set(await people_with(Right.MATTER_SUPERVISE, place_id=call.community_id, at=event.at)) - {stop.helper_id}
    at, topic = event.at, Topic.MATTER
    await tell([stop.helper_id], STOPPED, {}, url="/desk/helping", at=at, topic=topic, binding=True)
    await tell(over, UNTRUE, {}, url="/desk/callbacks", at=at, topic=topic, binding=True)


async def drawn(event: Event) -> None:
    """Tell those who may call that there is something to do."""
    many = facts_of(event)["drawn"]
    if isinstance(many, list) and many and event.community_id:
        people = await people_with(Right.HELP_CHECK, place_id=event.community_id, at=event.at)
        await tell(people, DRAWN, {"n": len(many)}, url="/desk/callbacks", at=event.at, topic=Topic.MATTER)


async def lifted(event: Event) -> None:
    """Tell the helper."""
    stop = await HelpStop.get(id=int(event.subject.removeprefix("help-stop-")))
    await tell([stop.helper_id], LIFTED, {}, url="/desk/helping", at=event.at, topic=Topic.MATTER)


async def _given(event: Event) -> Authorisation:
    return await Authorisation.get(id=int(event.subject.removeprefix("authorisation-")))


async def _title(facts: Mapping[str, object]) -> str:
    matter = await Matter.get(id=int(str(facts["about"]).removeprefix("matter-")))
    return matter.name


TELLERS: Final[Mapping[str, Teller]] = {
    "help.done": done,
    "help.undone": undone,
    "help.called": called,
    "help.drawn": drawn,
    "help.lifted": lifted,
}
