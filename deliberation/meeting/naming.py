"""Names in published minutes: those who came as residents or guests by their family name, office holders in full."""

from collections.abc import Collection
from typing import Final

from community.rights import Role
from deliberation.meeting.models import Attendance, Meeting, MeetingSeat
from deliberation.meeting.rules import SeatKind

SHORTEST: Final = 2  # signs of a name; a single sign would be found in half of all words

NO_OFFICE: Final = (Role.RESIDENT, Role.HOUSEHOLD_REP, Role.OWNER)
"""Whom a council may ask by role and who holds no office by it."""


def family(name: str) -> str:
    """Return a name as anybody may read it.

    >>> family("阿兰"), family("王小明")
    ('阿*', '王**')
    """
    return name[:1] + "*" * (len(name) - 1)


def shortened(text: str, names: Collection[str]) -> str:
    """Return ``text`` with each of ``names`` cut to its family name; where two begin alike, the longer one counts.

    One pass over the text, however many names there are.

    >>> shortened("阿兰（3 分钟）、阿兰兰", ["阿兰", "阿兰兰"])
    '阿*（3 分钟）、阿**'
    """
    known = {name for name in names if len(name) >= SHORTEST}
    lengths = sorted({len(name) for name in known}, reverse=True)
    made, at = [], 0
    while at < len(text):
        found = next((text[at : at + n] for n in lengths if text[at : at + n] in known), None)
        made.append(family(found) if found else text[at])
        at += len(found) if found else 1
    return "".join(made)


async def private_names(meeting: Meeting) -> set[str]:
    """Return the names that minutes tell nobody but their keepers: residents, guests, and whoever came for them."""
    seats = await MeetingSeat.filter(meeting_id=meeting.id)
    private = [seat for seat in seats if not _office(seat)]
    agents = await Attendance.filter(meeting_id=meeting.id).exclude(agent="").values_list("agent", flat=True)
    found = {name for seat in private for name in [*seat.name.split("、"), seat.agent]} | {str(one) for one in agents}
    offices = {seat.name for seat in seats if _office(seat)} | {meeting.host.name, meeting.clerk.name}
    return found - offices - {""}


def _office(seat: MeetingSeat) -> bool:
    return seat.kind is SeatKind.OFFICE and seat.label not in NO_OFFICE


async def public_text(meeting: Meeting, text: str) -> str:
    """Return minutes, or a part of them, as everybody may read them."""
    return shortened(text, await private_names(meeting))
