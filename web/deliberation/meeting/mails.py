"""The letter about a meeting: the notice, its change, its cancellation, each with the version for a calendar."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.notice.models import Mail
from deliberation.meeting.models import Meeting, MeetingSeat
from deliberation.meeting.workflow import MeetingState

LETTER: Final = "deliberation/meeting/mail_letter"


async def letter(mail: Mail, _lang: str) -> Mapping[str, object]:
    """Return the facts with the instants as times."""
    values = mail.values
    return {**values, **{name: datetime.fromisoformat(str(values[name])) for name in ("begins", "ends")}}


def facts_for(meeting: Meeting, seat: MeetingSeat) -> dict[str, object]:
    """Return what the letter to one seat says."""
    gone = meeting.state is MeetingState.CANCELLED
    plain = {"title": meeting.title, "room": meeting.room, "begins": meeting.starts_at, "ends": meeting.ends_at}
    invite = {
        "uid": meeting.key,
        "summary": meeting.title,
        "begins": meeting.starts_at.isoformat(),
        "ends": meeting.ends_at.isoformat(),
        "place": meeting.room,
        "sequence": meeting.sequence,
        "cancelled": gone,
    }
    kind = "gone" if gone else "changed" if meeting.reason else "new"
    more = {"kind": kind, "reason": meeting.reason, "path": f"/seats/{seat.code}", "short": seat.short}
    return {**plain, **more, "invite": invite}
