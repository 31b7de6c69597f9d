"""The words of this room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from community.notice.models import MailState
from community.notice.rules import Rhythm, Topic
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Rhythm.NOW: N_("有事就发（每天最多三封，夜里不发）"),
    Rhythm.DAILY: N_("每天傍晚六点发一封"),
    Rhythm.WEEKLY: N_("每星期日傍晚发一封"),
    Rhythm.NONE: N_("不发，我自己来看"),
    Topic.MATTER: N_("议事"),
    Topic.BALLOT: N_("表决"),
    Topic.CASE: N_("调解"),
    Topic.MODERATION: N_("审核"),
    Topic.ACCOUNT: N_("账号"),
    Topic.DIGEST: N_("可以不收的信"),
    MailState.READY: N_("待发"),
    MailState.LEASED: N_("正在发"),
    MailState.SENT: N_("已发"),
    MailState.DEAD: N_("没有寄到"),
}
