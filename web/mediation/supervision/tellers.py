"""Who is told of a card: whoever directs the organisation, and whoever sent it. No names, no words."""

from collections.abc import Iterable, Mapping
from typing import Final

from community.notice.commands import tell
from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from mediation.supervision.models import SupervisionCard
from web.teller import Teller
from web.words import N_

ASKED: Final = N_("有一张督办单请您答复，{day} 前答复（查询码 {code}）")
AGAIN: Final = N_("督办单位还要问一次，请您在 {day} 前再答复（查询码 {code}）")
ANSWERED: Final = N_("督办单答复了，请您看看行不行（查询码 {code}）")
SETTLED: Final = N_("督办单已销号（查询码 {code}）")
TAKEN_BACK: Final = N_("督办单撤回了，不用再答复（查询码 {code}）")
RED: Final = N_("督办单过期没有答复，升为红色（查询码 {code}）")


async def _card(event: Event) -> SupervisionCard:
    return await SupervisionCard.get(id=int(str(facts_of(event)["card"]))).select_related("case")


async def _heads(card: SupervisionCard, event: Event) -> list[int]:
    return await people_with(Right.CASE_DIRECT, org_id=card.org_id, at=event.at)


async def _say(people: Iterable[int], sentence: str, card: SupervisionCard, event: Event) -> None:
    told = {"code": card.case.code, "day": card.due_on.isoformat()}
    url, mark = f"/supervision/{card.code}", f"{event.kind}-{event.id}"
    others = set(people) - {event.actor_id}
    await tell(others, sentence, told, url=url, at=event.at, topic="case", binding=True, dedupe=mark)


def _to_org(sentence: str) -> Teller:
    async def teller(event: Event) -> None:
        card = await _card(event)
        await _say(await _heads(card, event), sentence, card, event)

    return teller


async def answered(event: Event) -> None:
    """The organisation answered: whoever sent the card."""
    card = await _card(event)
    await _say([card.issued_by_id], ANSWERED, card, event)


async def fell_late(event: Event) -> None:
    """Nobody answered: the organisation, whoever sent it, and the centre."""
    card = await _card(event)
    centre = await people_with(Right.CASE_DISPATCH, place_id=card.community_id, at=event.at)
    await _say([*await _heads(card, event), card.issued_by_id, *centre], RED, card, event)


TELLERS: Final[Mapping[str, Teller]] = {
    "supervision.issued": _to_org(ASKED),
    "supervision.again": _to_org(AGAIN),
    "supervision.accept": _to_org(SETTLED),
    "supervision.withdraw": _to_org(TAKEN_BACK),
    "supervision.answer": answered,
    "supervision.fall-late": fell_late,
}
