"""重新计票 — an objection to a result was upheld: two tellers count the same papers again before anything stands."""

from datetime import datetime
from typing import Final

from tortoise.expressions import F

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import set_timer
from deliberation.ballot.counting import TELLERS, count_again
from deliberation.ballot.models import Ballot, Recount, Recounting, Result
from deliberation.matter.moving import move
from deliberation.matter.states import State
from deliberation.matter.workflow import Verb
from deliberation.publicity.queries import about, unanswered
from deliberation.publicity.rules import Kind

ASKED: Final = "recount"
OBJECTED: Final = "objection"


async def held_up(ballot_id: int) -> str:
    """Return what keeps a result from taking effect, or nothing."""
    if await Recount.exists(ballot_id=ballot_id, settled_at=None):
        return ASKED
    hung = await about(f"ballot-{ballot_id}", Kind.RESULT)
    return OBJECTED if hung and await unanswered(hung.id) else ""


@command
async def ask(ballot_id: int, objection_id: int, *, by: Person, at: datetime) -> Recount:
    """Ask for the papers to be counted again; the objection that was upheld says why."""
    ballot = await Ballot.get(id=ballot_id).select_related("matter")
    made = await Recount.create(ballot=ballot, objection_id=objection_id, asked_by=by, asked_at=at)
    facts = {"ballot": ballot.id, "recount": made.id, "objection": objection_id}
    await move(ballot.matter, Verb.ASK_RECOUNT, by=by, at=at, set_recount_at=at, **facts)
    return made


@command
async def count(ballot_id: int, *, by: Person, at: datetime) -> Recounting:
    """Count the papers again. Once two tellers find what was published, the result goes its way.

    Raises:
        Forbidden: no teller, or the author of the matter.
        Unfit: nobody asked for a recount, or this teller has counted.
    """
    ballot = await _asked(ballot_id, by, at)
    recount = await Recount.filter(ballot_id=ballot.id, settled_at=None).order_by("-id").first()
    if recount is None:
        raise Unfit("没有要重新计的票。")
    if await Recounting.exists(recount_id=recount.id, teller_id=by.id):
        raise Unfit("您已经重新数过了，还要另一位计票人来数。")
    found, published = await count_again(ballot), await Result.get(ballot_id=ballot.id)
    seal = found.certificate.seal
    made = await Recounting.create(recount=recount, teller=by, seal=seal, agrees=seal == published.seal, at=at)
    settled = await _settle(ballot, at)
    facts = {"ballot": ballot.id, "recount": recount.id, "agrees": made.agrees, "seal": seal, "settled": settled}
    await move(ballot.matter, Verb.RECOUNT, by=by, at=at, **({"set_recount_at": None} if settled else {}), **facts)
    if settled:
        await release(ballot, f"recount-{recount.id}", at=at)
    return made


async def _asked(ballot_id: int, by: Person, at: datetime) -> Ballot:
    """Return the ballot for a teller, its row held, so that tellers go in turn."""
    await Ballot.filter(id=ballot_id).update(attempt=F("attempt"))
    ballot = await Ballot.get_or_none(id=ballot_id).select_related("matter", "body")
    if ballot is None:
        raise Hidden("没有这次表决。")
    await require_in_place(by, ballot.body.place_id, Right.BALLOT_TELL, at=at)
    if ballot.matter.author_id == by.id:
        raise Forbidden("提议人不能给自己的提议计票。")
    return ballot


async def _settle(ballot: Ballot, at: datetime) -> bool:
    """Settle what was asked once enough tellers agree with what was published, and return whether they do."""
    waiting = await Recount.filter(ballot_id=ballot.id, settled_at=None)
    last = max(waiting, key=lambda each: each.id)
    found = [each.agrees for each in await Recounting.filter(recount_id=last.id)]
    if len(found) < TELLERS or not all(found):
        return False
    await Recount.filter(ballot_id=ballot.id, settled_at=None).update(settled_at=at)
    return True


async def release(ballot: Ballot, mark: str, *, at: datetime) -> None:
    """Let the clock look at a result again once what held it up is cleared; call it inside a command."""
    result = await Result.get(ballot_id=ballot.id)
    shown = await Ballot.exists(id=ballot.id, matter__state=State.RESULT_NOTICE)
    if shown and result.shown_until <= at and not await held_up(ballot.id):
        await set_timer("ballot.shown", f"ballot-{ballot.id}", at, key=mark, community_id=ballot.community_id)


async def recounts(ballot: Ballot) -> list[tuple[Recount, list[Recounting]]]:
    """Return what was asked and what the tellers found, oldest first."""
    asked = await Recount.filter(ballot_id=ballot.id).order_by("id")
    countings = await Recounting.filter(recount__ballot_id=ballot.id).select_related("teller").order_by("id")
    return [(each, [one for one in countings if one.recount_id == each.id]) for each in asked]
