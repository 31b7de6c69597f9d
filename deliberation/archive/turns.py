"""What a file says of the turns of a matter: returns, appeals, orders from outside, the meetings it was talked in."""

from typing import Any

from deliberation.archive.dossier import Dossier, Reader, plain
from deliberation.matter.models import Screening
from deliberation.meeting.models import AgendaItem, Meeting, MeetingPoll, Minutes, MinutesSignature
from deliberation.meeting.naming import family, public_text
from deliberation.meeting.queries import newest_minutes
from deliberation.meeting.rules import Hand
from deliberation.meeting.workflow import MeetingState
from deliberation.oversight.models import ReturnAppeal
from deliberation.oversight.queries import appeals_of, orders_of

APPEALED = ("words", "made_at", "due_at", "escalated_at", "ruling", "reasons", "decided_at")
ORDERED = ("deed", "was", "issuer", "number", "issued_on", "reason", "at", "answer", "answered_at")
POLLED = ("question", "way", "effect", "expected", "present", "yes", "no", "abstain", "outcome", "closed_at")


async def screenings(found: Dossier) -> list[dict[str, Any]]:
    """Return the answers of the clerk, each return with the appeal against it and how that was decided."""
    rows = await Screening.filter(matter_id=found.matter.id).select_related("by").order_by("id")
    appeals = {each.screening_id: each for each in await appeals_of(found.matter)}
    return [_screening(row, appeals.get(row.id)) for row in rows]


def _screening(row: Screening, appeal: ReturnAppeal | None) -> dict[str, Any]:
    shown = {**plain(row, ("accepted", "outcome", "reasons", "at")), "by": row.by.name}
    return {**shown, "appeal": plain(appeal, APPEALED) if appeal else None}


async def orders(found: Dossier) -> list[dict[str, Any]]:
    """Return the documents that stopped, resumed or undid the matter, with what the host did about them."""
    return [plain(row, ORDERED) for row in await orders_of(found.matter)]


async def meetings(found: Dossier) -> list[dict[str, Any]]:
    """Return the meetings that had the matter on their agenda, with published minutes; the first held first."""
    rows = AgendaItem.filter(matter_id=found.matter.id, meeting__called_at__isnull=False)
    items = await rows.select_related("meeting__host", "meeting__clerk").order_by("meeting_id", "place", "id")
    return [await _meeting(found, item) for item in items]


async def _meeting(found: Dossier, item: AgendaItem) -> dict[str, Any]:
    meeting = item.meeting
    polls = await MeetingPoll.filter(item_id=item.id).order_by("id")
    return {
        **plain(meeting, ("title", "form", "room", "starts_at", "opened_at", "closed_at", "state", "reason")),
        **plain(item, ("late_for", "dropped_for")),
        "item": item.title,
        "polls": [plain(poll, POLLED) for poll in polls],
        "minutes": await _minutes(found, meeting) if meeting.state is MeetingState.MINUTED else None,
    }


async def _minutes(found: Dossier, meeting: Meeting) -> dict[str, Any] | None:
    newest: Minutes | None = await newest_minutes(meeting)
    if newest is None:
        return None
    signed = await MinutesSignature.filter(minutes_id=newest.id).order_by("id")
    whole = found.reader is Reader.KEEPER
    return {
        **plain(newest, ("number", "hash", "written_at")),
        "words": newest.text if whole else await public_text(meeting, newest.text),
        "signatures": [
            {
                **plain(one, ("hand", "level", "at")),
                "by": family(one.name) if one.hand is Hand.ATTENDEE and not whole else one.name,
            }
            for one in signed
        ],
    }
