"""The words of this room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.room.card_rules import CardKind, CardState, ConsentAct, Reply
from mediation.room.rules import Cover, Leave, Quiet, RoomKind, Voice
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
    Quiet.ABUSE: N_("说了骂人的话"),
    Quiet.OVER: N_("不让别人说完"),
    Quiet.AGAIN: N_("反复发同样的话"),
    Quiet.HEATED: N_("太激动，先缓一缓"),
    Leave.ASKED: N_("等当事人答复"),
    Leave.GRANTED: N_("同意转告"),
    Leave.REFUSED: N_("不同意转告"),
    Leave.TOLD: N_("已经转告"),
    CardKind.SCHEDULE: N_("约时间"),
    CardKind.PROPOSAL: N_("方案"),
    CardKind.FACT: N_("确认事实"),
    CardKind.CONSENT: N_("征求同意"),
    CardState.OPEN: N_("等答复"),
    CardState.AGREED: N_("都同意了"),
    CardState.DECLINED: N_("有人不同意"),
    CardState.WITHDRAWN: N_("收回了"),
    CardState.EXPIRED: N_("过了时间"),
    Reply.YES: N_("同意"),
    Reply.NO: N_("不同意"),
    Reply.COUNTER: N_("另提了方案"),
    Reply.WITHDRAWN: N_("收回了"),
    Reply.FIXED: N_("时间定了"),
    Reply.MOVED: N_("时间要改"),
    Reply.CALLED_OFF: N_("取消了"),
    Reply.EXPIRED: N_("过了时间"),
    Reply.BOTH: N_("各方都接受了"),
    ConsentAct.MEDIATE: N_("同意接着调解吗？"),
    ConsentAct.OPEN: N_("同意公开进行吗？"),
    ConsentAct.RECORD: N_("同意录音录像吗？"),
}
