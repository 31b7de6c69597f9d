"""The words of this room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.appointment.rules import Came, Fixing, MeetBy
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    MeetBy.ONSITE: N_("当面谈"),
    MeetBy.PHONE: N_("打电话谈"),
    MeetBy.ONLINE: N_("视频谈"),
    Fixing.OFFERED: N_("等大家选时间"),
    Fixing.FIXED: N_("时间定了"),
    Fixing.CANCELLED: N_("取消了"),
    Fixing.HELD: N_("见过了"),
    Came.CAME: N_("来了"),
    Came.LATE: N_("迟到"),
    Came.ABSENT: N_("没来"),
    Came.PROXY: N_("别人替他来的"),
}
