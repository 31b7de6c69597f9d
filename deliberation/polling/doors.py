"""扫楼 — what was found at a door, and who looked at whose door; never how anybody voted."""

from datetime import datetime

from community.errors import Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.ballot.models import Vote
from deliberation.polling.models import DoorNote
from deliberation.polling.rules import Met
from deliberation.polling.slips import ballot_for


@command
async def look(ballot_id: int, building: str, *, by: Person, at: datetime) -> None:
    """Record that ``by`` looked at who of a building has not taken part.

    Raises:
        Forbidden: ``by`` does not go from door to door there.
    """
    ballot = await ballot_for(ballot_id, Right.BALLOT_CANVASS, by=by, at=at)
    here = ballot.community_id
    await record("doors.seen", f"ballot-{ballot.id}", by=by, at=at, community_id=here, whole=not building)


@command
async def note(ballot_id: int, head_id: int, met: Met, token: str, *, by: Person, at: datetime) -> DoorNote:
    """Write down what was found at a door. Sent twice with one ``token``, it is written once.

    Raises:
        Unfit: the door is not on the roll of this ballot.
    """
    ballot = await ballot_for(ballot_id, Right.BALLOT_CANVASS, by=by, at=at)
    here = ballot.community_id
    if again := await DoorNote.get_or_none(by_id=by.id, token=token):
        await record("door.resent", f"ballot-{ballot.id}", by=by, at=at, community_id=here, note=again.id)
        return again
    if not await Vote.exists(ballot_id=ballot.id, head_id=head_id):
        raise Unfit("名册上没有这一户，请再选一次。", field="head")
    row = await DoorNote.create(ballot_id=ballot.id, head_id=head_id, met=met, by=by, token=token, at=at)
    await record("door.noted", f"ballot-{ballot.id}", by=by, at=at, community_id=here, head=head_id, met=met)
    return row
