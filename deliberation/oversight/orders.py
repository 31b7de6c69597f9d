"""暂停、恢复、责令改正、撤销 — the street or a recorded document stops a matter, from anywhere the table allows."""

from datetime import datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.people.models import Person
from community.record.transaction import command
from deliberation.ballot.halting import go_on, halt, void
from deliberation.matter.models import Matter
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find
from deliberation.matter.states import Actor, State
from deliberation.matter.workflow import Verb, step
from deliberation.oversight.appealing import put_off
from deliberation.oversight.models import Order
from deliberation.oversight.rules import WORDS, Deed, Document, check, size, whole_days

VERBS: Final = {
    Deed.SUSPEND: Verb.SUSPEND,
    Deed.RESUME: Verb.RESUME,
    Deed.ORDER_CORRECTION: Verb.ORDER_CORRECTION,
    Deed.REVOKE: Verb.REVOKE,
}


@command
async def order(matter_id: int, deed: Deed, document: Document, *, by: Person, at: datetime) -> State:
    """Put a document on record and do to the matter what it orders.

    A suspension stops every clock; resuming moves each deadline by the days it lasted, a part of a day counted as
    one. An order to correct and a revocation make an unfinished vote void.

    Raises:
        Forbidden: no overseer of this place.
        Unfit: the document has no number or no reason, or is dated ahead.
        MovedOn: the table has no such step from here.
    """
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.OVERSEER, by=by, at=at)
    check(document, today=local_day(at))
    step(matter.state, VERBS[deed])
    kept = await _keep(matter, deed, document, by, at)
    clock = await _clocks(matter, deed, at)
    return await move(matter, VERBS[deed], by=by, at=at, order=kept.id, issuer=document.issuer, **clock)


@command
async def correct(matter_id: int, words: str, *, by: Person, at: datetime) -> State:
    """Say how an ordered correction was made; the matter is talked about and fixed again."""
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.HOST, by=by, at=at)
    size(words, WORDS, "words")
    step(matter.state, Verb.CORRECT)
    last = await Order.filter(matter_id=matter.id, deed=Deed.ORDER_CORRECTION).order_by("-id").first()
    kept = last.id if last else None
    await Order.filter(id=kept).update(answer=words, answered_by_id=by.id, answered_at=at)
    return await move(matter, Verb.CORRECT, by=by, at=at, order=kept)


async def _keep(matter: Matter, deed: Deed, document: Document, by: Person, at: datetime) -> Order:
    return await Order.create(
        community_id=matter.community_id,
        matter=matter,
        deed=deed,
        was=matter.state,
        due_was=matter.due_at,
        issuer=document.issuer,
        number=document.number.strip(),
        issued_on=document.issued_on,
        reason=document.reason,
        by=by,
        at=at,
    )


async def _clocks(matter: Matter, deed: Deed, at: datetime) -> dict[str, Any]:
    """Stop or restart the clocks of the vote, and return the deadline that holds from now on."""
    if deed is Deed.SUSPEND:
        await halt(matter)
    elif deed is not Deed.RESUME:
        await void(matter)
    elif stopped := await Order.filter(matter_id=matter.id, deed=Deed.SUSPEND).order_by("-id").first():
        pause = whole_days(at - stopped.at)
        await go_on(matter, stopped.was, pause)
        await put_off(matter, pause)
        return {"set_due_at": stopped.due_was + pause if stopped.due_was else None, "days": pause.days}
    return {}
