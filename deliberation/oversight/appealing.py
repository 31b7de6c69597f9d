"""申诉 — an author appeals once against a return; one who did not screen it decides, or the clock passes it on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.record.transaction import command
from community.timers.commands import Handler
from deliberation.matter.models import Matter
from deliberation.matter.moving import due, move
from deliberation.matter.queries import find
from deliberation.matter.screening import owners_own
from deliberation.matter.states import State
from deliberation.matter.workflow import Verb, step
from deliberation.oversight.models import ReturnAppeal
from deliberation.oversight.queries import appeal_until, may_decide, pending_of, refusal_of
from deliberation.oversight.rules import WORDS, Ruling, over, size


@command
async def appeal(matter_id: int, words: str, *, by: Person, at: datetime) -> State:
    """Appeal against the last return; it must be decided within working days.

    Raises:
        Forbidden: not the author.
        Unfit: the time is over, an appeal against this return was made before, or it says too little.
    """
    matter = await find(by, matter_id)
    if matter.author_id != by.id:
        raise Forbidden("只有提议人能办这一步。")
    step(matter.state, Verb.APPEAL)
    size(words, WORDS, "words")
    refusal = await refusal_of(matter)
    if refusal is None:
        raise Unfit("这次退回已经申诉过了，一次退回只能申诉一次。您可以改好再交。", field="words")
    if over(appeal_until(refusal), at):
        raise Unfit("申诉的时间已经过了。您可以改好再交。", field="words")
    made = await ReturnAppeal.create(
        community_id=matter.community_id,
        matter=matter,
        screening=refusal,
        words=words,
        made_at=at,
        due_at=due(State.APPEALED, at),
    )
    return await move(matter, Verb.APPEAL, by=by, at=at, appeal=made.id)


@command
async def decide(matter_id: int, ruling: Ruling, reasons: str, *, by: Person, at: datetime) -> State:
    """Decide the appeal that waits: the return stands, or the matter is accepted after all.

    Raises:
        Forbidden: no overseer, one who screened it, or the street before its turn.
    """
    matter = await find(by, matter_id)
    step(matter.state, Verb.UPHOLD)
    waiting = await pending_of(matter)
    if waiting is None:
        raise Hidden("没有等着裁定的申诉。")
    if not await may_decide(by, matter, waiting, at=at):
        raise Forbidden("裁定申诉的人要是居务监督委员会成员，而且没有参加过这件事的受理。逾期以后街道也可以裁定。")
    size(reasons, WORDS, "reasons")
    await ReturnAppeal.filter(id=waiting.id).update(ruling=ruling, reasons=reasons, decided_by_id=by.id, decided_at=at)
    return await move(matter, _verb(matter, ruling), by=by, at=at, appeal=waiting.id, late=over(waiting.due_at, at))


def _verb(matter: Matter, ruling: Ruling) -> Verb:
    if ruling is Ruling.UPHELD:
        return Verb.UPHOLD
    return Verb.REINSTATE_OWNERS if owners_own(matter) else Verb.REINSTATE


@command
async def escalate(matter: Matter, *, at: datetime) -> State:
    """Pass an appeal that nobody decided in time on to the street; it stays due and is shown as overdue."""
    await ReturnAppeal.filter(matter_id=matter.id, decided_at=None).update(escalated_at=at)
    return await move(matter, Verb.ESCALATE, by=None, at=at)


async def put_off(matter: Matter, pause: timedelta) -> None:
    """Move the day by which an appeal is due, after a suspension; call it inside a command."""
    waiting = await pending_of(matter)
    if waiting:
        await ReturnAppeal.filter(id=waiting.id).update(due_at=waiting.due_at + pause)


async def falls_late(subject: str, at: datetime) -> None:
    """Pass on the appeal whose time is over; one that is suspended, withdrawn or decided is left alone."""
    number = int(subject.removeprefix("matter-"))
    matter = await Matter.get_or_none(id=number, state=State.APPEALED, due_at__lte=at)
    waiting = await pending_of(matter) if matter else None
    if matter and waiting and waiting.escalated_at is None:
        await escalate(matter, at=at)


TIMERS: Final[Mapping[str, Handler]] = {"appeal.late": falls_late}
