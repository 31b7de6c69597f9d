"""How meetings are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.meeting.rules import Form, Hand, Reply, SeatKind, Turn, Way
from deliberation.meeting.workflow import MeetingState
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    MeetingState.PLANNED: N_("筹备中"),
    MeetingState.CALLED: N_("已通知"),
    MeetingState.OPEN: N_("正在开"),
    MeetingState.CLOSED: N_("已散会"),
    MeetingState.MINUTED: N_("记录已公布"),
    MeetingState.CANCELLED: N_("已取消"),
    Form.ASSEMBLY: N_("大会（居民会议、居民代表会议或业主大会本身）"),
    Form.COMMITTEE: N_("业委会会议"),
    Form.COUNCIL: N_("议事会"),
    Form.HEARING: N_("听证会"),
    Form.TALK: N_("恳谈会"),
    Form.BOARD: N_("理事会"),
    Form.APPRAISAL: N_("民主评议会"),
    SeatKind.VOICE: N_("名册上的一票"),
    SeatKind.OFFICE: N_("按身份邀请"),
    SeatKind.GUEST: N_("列席"),
    Reply.COMES: N_("来"),
    Reply.STAYS_AWAY: N_("来不了"),
    Reply.SENDS: N_("委托别人来"),
    Way.HANDS: N_("举手，由工作人员数"),
    Way.PHONES: N_("每人在手机上按（记名），没有手机的由工作人员代按"),
    Turn.WAITING: N_("等着发言"),
    Turn.SPEAKING: N_("正在发言"),
    Turn.DONE: N_("说完了"),
    Turn.GONE: N_("没有说"),
    Hand.HOST: N_("主持人"),
    Hand.CLERK: N_("记录人"),
    Hand.ATTENDEE: N_("到会的人"),
}

KINDS: Final = {
    MeetingState.CALLED: "info",
    MeetingState.OPEN: "brand",
    MeetingState.MINUTED: "ok",
    MeetingState.CANCELLED: "warn",
}
"""The colour of a state's tag."""
