"""Who is told of what about a record; not a word of what stands in it."""

from collections.abc import Mapping
from typing import Final

from community.record.models import Event
from community.record.outbox import facts_of
from mediation.case.models import Case
from mediation.case.queries import lead_of
from mediation.case.standing import acting_for
from mediation.minutes.queries import asked
from web.mediation.intake.tellers import case_of, no_account, say_at
from web.teller import Teller
from web.words import N_

READ: Final = N_("有一份调解笔录请您核对：对的确认，不对的写明（查询码 {code}）")
MORE: Final = N_("一份调解笔录补了更正，请您再核对新补的那一条（查询码 {code}）")
WHOLE: Final = N_("一份调解笔录各方都核对过了，等您签名封存（查询码 {code}）")
DONE: Final = N_("一份调解笔录已经签名封存，您可以看，可以下载（查询码 {code}）")
GONE: Final = N_("一份调解笔录作废了，不用再核对（查询码 {code}）")


async def _sides(case: Case, event: Event) -> set[int]:
    """Return who acts for the parties that take part; whoever did it needs no letter."""
    sides = [(party, await acting_for(party, at=event.at)) for party in await asked(case)]
    people = {each for party, acting in sides for each in acting or [no_account(party)]}
    return people - {event.actor_id or 0}


def _to_sides(sentence: str, *, binding: bool = True) -> Teller:
    async def telling(event: Event) -> None:
        case = await case_of(event)
        await say_at(await _sides(case, event), sentence, case, event, url=_url(case, event), binding=binding)

    return telling


async def whole(event: Event) -> None:
    """Everybody has spoken: who leads."""
    case = await case_of(event)
    lead = await lead_of(case)
    await say_at([lead.mediator_id] if lead else [], WHOLE, case, event, url=_url(case, event))


async def dropped(event: Event) -> None:
    """It was given up: whoever had been asked to go through it."""
    if facts_of(event)["was"] != "open":
        case = await case_of(event)
        await say_at(await _sides(case, event), GONE, case, event, url=f"/cases/{case.code}", binding=False)


def _url(case: Case, event: Event) -> str:
    return f"/cases/{case.code}/minutes/{facts_of(event)['code']}"


TELLERS: Final[Mapping[str, Teller]] = {
    "minutes.sent": _to_sides(READ),
    "minutes.corrected": _to_sides(MORE),
    "minutes.whole": whole,
    "minutes.sealed": _to_sides(DONE, binding=False),
    "minutes.dropped": dropped,
}
