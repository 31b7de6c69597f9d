"""The one way a meeting is changed: whoever may, holds it; the table says what is possible; the record keeps it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from community.errors import MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from deliberation.meeting.models import Meeting
from deliberation.meeting.queries import RIGHTS, find
from deliberation.meeting.workflow import MOVED_ON, Actor, Deed, step


async def hold(meeting_id: int, deed: Deed, actor: Actor, *, by: Person, at: datetime) -> Meeting:
    """Return the meeting for a deed of an office; nobody else changes it until the command ends.

    Raises:
        Hidden: there is none that ``by`` may know of.
        Forbidden: ``by`` does not hold the office there.
        MovedOn: the deed is not possible where it stands.
    """
    meeting = await find(by, meeting_id, at=at)
    await require_in_place(by, meeting.body.place_id, RIGHTS[actor], at=at)
    return await take(meeting, deed)


async def take(meeting: Meeting, deed: Deed) -> Meeting:
    """Return the meeting as it is now, its row held until the command ends."""
    step(meeting.state, deed)
    if not await Meeting.filter(id=meeting.id, state=meeting.state).update(state=meeting.state):
        raise MovedOn(MOVED_ON)
    return await Meeting.get(id=meeting.id).select_related("body", "host", "clerk")


async def put(
    meeting: Meeting,
    deed: Deed,
    *,
    by: Person | None,
    at: datetime,
    columns: Mapping[str, object] | None = None,
    **facts: Any,  # noqa: ANN401 - whatever the record keeps
) -> None:
    """Write down what was done to a meeting that is held, and where it stands now."""
    was, to = meeting.state, step(meeting.state, deed)
    changed = {**(columns or {}), **({"state": to} if to is not was else {})}
    if changed and not await Meeting.filter(id=meeting.id, state=was).update(**changed):
        raise MovedOn(MOVED_ON)
    meeting.update_from_dict(changed)
    here = meeting.community_id
    await record(f"meeting.{deed}", meeting.key, by=by, at=at, community_id=here, was=was, now=to, **facts)


def because(reason: str) -> str:
    """Return a reason, or raise `Unfit` when none was given."""
    words = reason.strip()
    if not FEWEST <= len(words) <= MOST:
        raise Unfit("请写明理由，{fewest} 到 {most} 个字。", field="reason", fewest=FEWEST, most=MOST)
    return words


FEWEST = 4
MOST = 200
