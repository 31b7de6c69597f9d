"""答复 — an office answers in public; an answer that comes late is kept as late."""

from datetime import datetime

from community.errors import Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from deliberation.calls.models import Call
from deliberation.calls.queries import call_of, count_for
from deliberation.calls.rules import check


@command
async def answer(call_id: int, words: str, *, by: Person, at: datetime) -> Call:
    """Answer for one's office.

    Raises:
        Hidden: it was not this person's office that was asked.
        Unfit: too short, too long, or answered already.
    """
    call = await call_of(by, call_id, at=at)
    check(words, "words")
    late = at >= call.due_at
    mark = {"late_at": call.late_at or call.due_at} if late else {}
    unanswered = Call.filter(id=call.id, answered_at=None)
    if not await unanswered.update(answer=words, answered_by_id=by.id, answered_at=at, **mark):
        raise Unfit("这个问题已经答复过了。", field="words")
    await count_for(call.matter_id)
    await record(
        "call.answered",
        f"call-{call.id}",
        by=by,
        at=at,
        community_id=call.community_id,
        matter=call.matter_id,
        late=late,
    )
    return call
