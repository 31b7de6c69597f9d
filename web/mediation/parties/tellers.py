"""Who is told when somebody takes a seat by a link, or a member of a group answers. No names, no words."""

from collections.abc import Mapping
from typing import Final

from community.record.models import Event
from community.record.outbox import facts_of
from mediation.case.models import Assignment
from web.mediation.intake.tellers import case_of, party_people, say_at
from web.teller import Teller
from web.words import N_

SEATED: Final = N_("有人用链接来参加调解了，请登录看是谁（查询码 {code}）")
SAID: Final = N_("名册里有一位成员自己表了态（查询码 {code}）")
ASKED_IN: Final = N_("各方同意请的人来参加调解了（查询码 {code}）")
LATER: Final = N_("原来没有参加的一位当事人加入了协议（查询码 {code}）")
CO_SIGNED: Final = N_("一起调解的调解员在协议上签名了（查询码 {code}）")


async def _lead(event: Event, sentence: str, tail: str) -> None:
    case = await case_of(event)
    leads = [each.mediator_id for each in await Assignment.filter(case_id=case.id, until=None)]
    others = [each for each in leads if each != event.actor_id]
    await say_at(others, sentence, case, event, url=f"/cases/{case.code}{tail}", binding=False)


async def seated(event: Event) -> None:
    """Tell the mediator that somebody took a seat."""
    await _lead(event, SEATED, "/people")


async def ratified(event: Event) -> None:
    """Tell the mediator what a member said by a link; what the mediator wrote down is known."""
    if facts_of(event).get("own"):
        await _lead(event, SAID, "/agreement")


async def asked_in(event: Event) -> None:
    """Tell the parties that somebody was asked in (人民调解法 20)."""
    case = await case_of(event)
    if facts_of(event)["role"] == "invitee":
        await say_at(await party_people(case), ASKED_IN, case, event, url=f"/cases/{case.code}")


async def joined_later(event: Event) -> None:
    """Tell the parties that one who was left aside joins what they agreed."""
    case = await case_of(event)
    await say_at(await party_people(case), LATER, case, event, url=f"/cases/{case.code}/agreement")


async def co_signed(event: Event) -> None:
    """Tell the mediator who leads."""
    await _lead(event, CO_SIGNED, "/agreement")


TELLERS: Final[Mapping[str, Teller]] = {
    "seat.taken": seated,
    "seat.asked-in": asked_in,
    "party.ratified": ratified,
    "case.joined-later": joined_later,
    "agreement.co-signed": co_signed,
}
