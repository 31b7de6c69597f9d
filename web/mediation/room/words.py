"""The words of this room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.room.rules import RoomKind, Voice
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    RoomKind.INTAKE: N_("受理室"),
    RoomKind.JOINT: N_("联席室"),
    RoomKind.CAUCUS: N_("背靠背室"),
    RoomKind.INTERNAL: N_("调解员室"),
    RoomKind.LIAISON: N_("法院联络室"),
    Voice.APPLICANT: N_("申请人"),
    Voice.RESPONDENT: N_("被申请人"),
    Voice.THIRD: N_("第三人"),
    Voice.MEDIATOR: N_("调解员"),
    Voice.INTAKE: N_("受理员"),
}
