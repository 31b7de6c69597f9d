"""The words of this room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.room.rules import Cover, Leave, RoomKind, Voice
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
    Cover.PRIVATE: N_("写了别人的隐私"),
    Cover.THIRD: N_("说到了不相干的人"),
    Cover.INSULT: N_("骂人的话"),
    Leave.ASKED: N_("等当事人答复"),
    Leave.GRANTED: N_("同意转告"),
    Leave.REFUSED: N_("不同意转告"),
    Leave.TOLD: N_("已经转告"),
}
