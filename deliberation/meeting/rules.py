"""What each form of meeting brings along: how much notice, whose consent to proxies, which counts are shown when."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from community.calendar.rules import earliest_meeting
from deliberation.body.rules import PRESETS, Basis, BodyKind, Weight, rule_for


class Form(StrEnum):
    """What kind of meeting it is (关于加强城乡社区协商的意见: 议事会、理事会、决策听证、民主评议…)."""

    ASSEMBLY = "assembly"  # 居民会议、居民代表会议或业主大会本身
    COMMITTEE = "committee"  # 业委会会议
    COUNCIL = "council"  # 议事会
    HEARING = "hearing"  # 听证会
    TALK = "talk"  # 恳谈会
    BOARD = "board"  # 理事会
    APPRAISAL = "appraisal"  # 民主评议会


class SeatKind(StrEnum):
    """Why somebody is expected."""

    VOICE = "voice"  # 名册上的一票
    OFFICE = "office"  # 按身份邀请
    GUEST = "guest"  # 指名邀请，列席


class Reply(StrEnum):
    """What somebody answers to an invitation."""

    COMES = "comes"
    STAYS_AWAY = "stays_away"
    SENDS = "sends"  # 委托别人来


class How(StrEnum):
    """How somebody was checked in or out."""

    CODE = "code"  # 扫码或输短码
    LIST = "list"  # 工作人员在名单上勾


class Way(StrEnum):
    """How raised hands are taken."""

    HANDS = "hands"  # 工作人员数手
    PHONES = "phones"  # 每人在手机上按


class Turn(StrEnum):
    """Where somebody who wants to speak stands."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    DONE = "done"
    GONE = "gone"


class Hand(StrEnum):
    """As what somebody signs the minutes."""

    HOST = "host"
    CLERK = "clerk"
    ATTENDEE = "attendee"


@dataclass(frozen=True, slots=True)
class Preset:
    """The defaults of a form of meeting; a body's own rules may ask for more, never for less.

    Attributes:
        notice_days: full days; neither the day of the notice nor the day of the meeting counts.
        firm: a shorter notice is refused, not only warned of.
        proxies: somebody may send another in their place.
        live: figures are shown while hands are still being taken.
        source: where the notice comes from.
    """

    notice_days: int
    firm: bool = False
    proxies: bool = False
    live: bool = True
    source: str = "平台默认，议事规则可以加长"


FORMS: Final = {
    Form.COMMITTEE: Preset(7, live=False),
    Form.COUNCIL: Preset(3),
    Form.HEARING: Preset(7),
    Form.TALK: Preset(3),
    Form.BOARD: Preset(3),
    Form.APPRAISAL: Preset(7),
}

EARLY: Final = timedelta(hours=2)
"""How long before its time a meeting may be opened, and people checked in."""

LONGEST: Final = timedelta(hours=12)
SHORT_CODE: Final = 6  # signs of the code that is typed at the door, 30 bits; only a recorder can use it
MOST_ITEMS: Final = 20
MOST_GUESTS: Final = 60
ATTENDEES_SIGN: Final = 2
MOST_WORDS: Final = 20_000  # signs of the minutes
MOST_MANDATES: Final = 3  # 潍坊 32: 一人最多受三人委托


def preset(form: Form, kind: BodyKind) -> Preset:
    """Return the defaults of a form of meeting held by a kind of body.

    >>> preset(Form.ASSEMBLY, BodyKind.OWNERS_ASSEMBLY).notice_days, preset(Form.COUNCIL, BodyKind.OWNERS_ASSEMBLY).firm
    (15, False)
    """
    if form is not Form.ASSEMBLY:
        return FORMS[form]
    own = PRESETS[kind]
    decides = bool(own.rules)
    proxies = Basis.OWNERS in own.bases  # 民法典 165
    return Preset(own.notice_days, firm=decides, proxies=proxies, live=not decides, source=own.source)


def earliest(rules: Preset, called_on: date) -> date:
    """Return the first day on which a meeting called on a day has had its full notice."""
    return earliest_meeting(called_on, rules.notice_days)


def rule_of(form: Form, kind: BodyKind, basis: Basis | None, weight: Weight = Weight.GENERAL) -> str | None:
    """Return the id of the vote rule under which this meeting decides, or None where it only gives an opinion."""
    if form is Form.COMMITTEE:
        return "oc.meeting"
    return rule_for(kind, basis, weight) if form is Form.ASSEMBLY and basis else None
