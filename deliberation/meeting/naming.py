"""What published minutes leave out: residents and guests but for their family name, phones, doors, what was hidden.

Those who hold an office stand in full. Names on the roll of those who were not there are looked for when the minutes
are written, from three signs on; everything else when they are read.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from community.privacy.scan import mask_text
from community.rights import Role
from deliberation.debate.models import Opinion
from deliberation.debate.rules import GONE
from deliberation.meeting.models import AgendaItem, Attendance, Meeting, MeetingSeat, Minutes
from deliberation.meeting.rules import SeatKind

SHORTEST: Final = 2  # signs of a name; a single sign would be found in half of all words

LONG: Final = 3  # signs of a name on the roll that is found wherever it stands
GAPS: Final = frozenset(" \u3000·•")
DOOR: Final = re.compile(
    r"((?:号楼|栋|幢|座|单元)[ \u3000]*)[0-9]{2,4}(?![0-9])"
    r"(?![ \u3000]*(?:单元|号楼|栋|幢|座|层|楼|户|人|个|家|平|米|元|年|月|日))"
    r"|(?<![0-9])[0-9]{3,4}([ \u3000]*室)"
)

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

    A name set wide, as names of two signs are in minutes, is the same name. One pass, however many names there are.

    >>> shortened("阿兰（3 分钟）、阿兰兰", ["阿兰", "阿兰兰"])
    '阿*（3 分钟）、阿**'
    >>> shortened("阿　兰说话", ["阿兰"])
    '阿*说话'
    """
    known = {name for name in names if len(name) >= SHORTEST}
    lengths = sorted({len(name) for name in known}, reverse=True)
    signs = [(at, sign) for at, sign in enumerate(text) if sign not in GAPS]
    plain = "".join(sign for _, sign in signs)
    made, done, at = [], 0, 0
    while at < len(plain):
        found = next((plain[at : at + n] for n in lengths if plain[at : at + n] in known), None)
        if found:
            made += [text[done : signs[at][0]], family(found)]
            done = signs[at + len(found) - 1][0] + 1
        at += len(found) if found else 1
    return "".join([*made, text[done:]])


def without_doors(text: str) -> str:
    """Return ``text`` with the numbers of single homes covered; buildings and floors stay.

    >>> without_doors("3号楼602室漏水，3号楼2单元1101也漏，12号楼不漏，302室没人")
    '3号楼***室漏水，3号楼2单元***也漏，12号楼不漏，***室没人'
    """
    return DOOR.sub(lambda found: f"{found[1] or ''}***{found[2] or ''}", text)


def in_text(text: str, roll: Collection[str]) -> list[str]:
    """Return which names of a roll stand in a text; names of two signs are too often parts of other words.

    >>> in_text("王小明 说，和平常一样。", ["王小明", "和平", "李大山"])
    ['王小明']
    """
    plain = "".join(sign for sign in text if sign not in GAPS)
    return sorted(name for name in roll if len(name) >= LONG and name in plain)


@dataclass(frozen=True, slots=True)
class Veil:
    """What the public reads minutes without: names of residents, and what moderation put away."""

    names: frozenset[str] = frozenset()
    gone: tuple[str, ...] = ()

    def over(self, text: str) -> str:
        """Return minutes, or a part of them, as everybody may read them; phones and doors are covered as well."""
        for words in self.gone:
            text = text.replace(words, GONE)
        return without_doors(mask_text(shortened(text, self.names)))


async def veil_of(meeting: Meeting) -> Veil:
    """Return what is between the minutes of a meeting and the public."""
    seats = await MeetingSeat.filter(meeting_id=meeting.id)
    agents = await Attendance.filter(meeting_id=meeting.id).exclude(agent="").values_list("agent", flat=True)
    found = {name for seat in seats if not _office(seat) for name in [*seat.name.split("、"), seat.agent]}
    named = await Minutes.filter(meeting_id=meeting.id).values_list("named", flat=True)
    found |= {str(one) for one in agents} | {name for each in named for name in str(each).splitlines()}
    offices = {seat.name for seat in seats if _office(seat)} | {meeting.host.name, meeting.clerk.name}
    about = await AgendaItem.filter(meeting_id=meeting.id, matter_id__isnull=False).values_list("matter_id", flat=True)
    hidden = Opinion.filter(matter_id__in=[int(str(one)) for one in about], hidden_at__isnull=False)
    gone = sorted((row.words for row in await hidden), key=len, reverse=True)
    return Veil(frozenset(found - offices - {""}), tuple(gone))


def _office(seat: MeetingSeat) -> bool:
    return seat.kind is SeatKind.OFFICE and seat.label not in NO_OFFICE


async def public_text(meeting: Meeting, text: str) -> str:
    """Return minutes, or a part of them, as everybody may read them."""
    return (await veil_of(meeting)).over(text)
