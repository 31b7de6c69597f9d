"""The answer to an objection, and what follows.

An upheld one against a result has the papers counted again, one against a roll makes a new version of it.
"""

from datetime import datetime

from community.errors import Forbidden
from community.people.models import Person
from community.record.transaction import command
from deliberation.ballot.models import Ballot, Telling
from deliberation.ballot.recounting import ask, release
from deliberation.body.correcting import correct
from deliberation.matter.states import State
from deliberation.publicity.models import Objection
from deliberation.publicity.objecting import decide, found
from deliberation.publicity.rules import Kind, Verdict


@command
async def answer(objection_id: int, verdict: Verdict, words: str, *, by: Person, at: datetime) -> Objection:
    """Answer an objection with reasons; everybody may read them.

    Raises:
        Forbidden: no office that answers, the objector, or a teller who dismisses what was said of their own count.
    """
    hung = (await found(objection_id)).publication
    ballot = await _ballot(hung.subject) if hung.kind is Kind.RESULT else None
    if ballot and verdict is Verdict.DISMISSED and await Telling.exists(ballot_id=ballot.id, teller_id=by.id):
        raise Forbidden("您数过这次的票，不能驳回对结果的异议，请另一位来答复。")
    objection = await decide(objection_id, verdict, words, by=by, at=at)
    if ballot and verdict is Verdict.UPHELD and ballot.matter.state is State.RESULT_NOTICE:
        await ask(ballot.id, objection.id, by=by, at=at)
    elif hung.kind is Kind.ROLL and verdict is Verdict.UPHELD:
        await correct(objection, by=by, at=at)
    elif ballot:
        await release(ballot, objection.key, at=at)
    return objection


async def _ballot(subject: str) -> Ballot:
    return await Ballot.get(id=int(subject.removeprefix("ballot-"))).select_related("matter")
