"""Sending a card, answering it, accepting the answer or asking again, and what the clock does when nobody answers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from community.calendar.queries import calendar_at
from community.calendar.rules import add_working_days, ends_at, local_day
from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import Handler, cancel_timers, set_timer
from mediation.case.keys import carry, lock_in
from mediation.supervision.models import CardTurn, SupervisionCard
from mediation.supervision.queries import about, card_for, open_card, watched
from mediation.supervision.rules import (
    LEAST_DAYS,
    MOST,
    MOST_DAYS,
    CardDeed,
    CardRow,
    CardState,
    Colour,
    Ground,
    row,
)

LATE: Final = "supervision.late"
"""Timer: the last day of a card is over."""


@command
async def issue(
    code: str, ground: Ground, words: str, *, days: int, colour: Colour, by: Person, at: datetime
) -> SupervisionCard:
    """Send a card to the organisation that leads a case; it answers within so many working days.

    Raises:
        Hidden: the case is not one that ``by`` oversees.
        MovedOn: there is a card about it already.
        Unfit: nothing is written, or the days are out of range.
    """
    case = await watched(by, code, at=at)
    said = _fit(words, needed=True)
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise Unfit("答复的天数请写 {least} 到 {most} 个工作日。", field="days", least=LEAST_DAYS, most=MOST_DAYS)
    if await open_card(case):
        raise MovedOn("这件事已经有一张督办单还没有销号，请先看那一张。")
    card = await SupervisionCard.create(
        community_id=case.community_id,
        case=case,
        org_id=case.org_id,
        ground=ground,
        colour=colour,
        days=days,
        due_on=await _last_day(days, at),
        issued_by=by,
        issued_at=at,
    )
    carry(case, card)
    await card.save(update_fields=["data_key"])
    await _write(card, "", said, by, at)
    await _wind(card)
    await _note(card, "issued", by, at)
    return card


@command
async def act(code: str, deed: CardDeed, words: str = "", *, by: Person, at: datetime) -> SupervisionCard:
    """Do one of the deeds of the table as whoever one is before the card.

    Raises:
        Hidden: there is no such card for ``by``.
        MovedOn: it cannot be done from where the card stands, or somebody was faster.
        Forbidden: it is the other side's turn.
        Unfit: something has to be written.
    """
    card, hands = await card_for(by, code, at=at)
    step = row(card.state, deed)
    if step.hand not in hands:
        raise Forbidden("这一步不由您来办：答复由被督办的单位办，其他由督办的单位办。")
    said = _fit(words, needed=step.words)
    await _take(card, step, at)
    await _write(card, deed, said, by, at)
    await _note(card, deed, by, at)
    return card


async def _take(card: SupervisionCard, step: CardRow, at: datetime) -> None:
    changes: dict[str, Any] = {"state": step.end}
    if step.end in (CardState.SETTLED, CardState.WITHDRAWN):
        changes["ended_at"] = at
    if step.deed is CardDeed.AGAIN:
        changes |= {"rounds": card.rounds + 1, "due_on": await _last_day(card.days, at)}
    same = SupervisionCard.filter(id=card.id, state=card.state, rounds=card.rounds)
    if not await same.update(**changes):
        raise MovedOn("这张督办单已经往前走了一步，请刷新页面看看。")
    card.update_from_dict(changes)
    await cancel_timers(LATE, card.key)
    if card.state is CardState.OPEN:
        await _wind(card)


async def fall_late(subject: str, at: datetime) -> None:
    """Turn an unanswered card red and call everybody; one that was answered is left alone."""
    card = await SupervisionCard.get_or_none(id=int(subject.removeprefix("card-")), state=CardState.OPEN)
    if card is not None and ends_at(card.due_on) <= at:
        await _redden(card, at)


@command
async def _redden(card: SupervisionCard, at: datetime) -> None:
    step = row(card.state, CardDeed.FALL_LATE)
    if not await SupervisionCard.filter(id=card.id, state=step.start).update(colour=Colour.RED):
        raise MovedOn("这张督办单已经往前走了一步，请刷新页面看看。")
    await _write(card, step.deed, "", None, at)
    await _note(card, step.deed, None, at)


async def _wind(card: SupervisionCard) -> None:
    key = f"{card.rounds}"
    await set_timer(LATE, card.key, ends_at(card.due_on), key=key, community_id=card.community_id)


async def _last_day(days: int, at: datetime) -> date:
    return add_working_days(local_day(at), days, await calendar_at()).due


async def _write(card: SupervisionCard, deed: str, words: str, by: Person | None, at: datetime) -> None:
    n = await CardTurn.filter(card_id=card.id).count() + 1
    text = lock_in(card, words, about=about(card, n))
    await CardTurn.create(card=card, n=n, deed=deed, words=text, by=by, at=at)


async def _note(card: SupervisionCard, deed: str, by: Person | None, at: datetime) -> None:
    facts: dict[str, Any] = {"card": card.id, "case": card.case_id, "org": card.org_id, "round": card.rounds}
    await record(f"supervision.{deed}", card.key, by=by, at=at, community_id=card.community_id, **facts)


def _fit(words: str, *, needed: bool) -> str:
    said = words.strip()
    if needed and not said:
        raise Unfit("请写清楚要问什么，或者怎么答复。", field="words")
    if len(said) > MOST:
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field="words", n=len(said), most=MOST)
    return said


TIMERS: Final[Mapping[str, Handler]] = {LATE: fall_late}
