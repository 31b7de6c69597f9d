"""How the points of rules of procedure are called, and what may be said about each."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.ballot.models import Secrecy
from deliberation.charter.rules import NO, YES, Adoption, Point
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Point.QUORUM: N_("参加表决的要多少"),
    Point.GENERAL: N_("一般事项，赞成的要多少"),
    Point.MAJOR: N_("重大事项，赞成的要多少"),
    Point.SILENCE: N_("不表态的怎么算"),
    Point.INVALID: N_("无效票怎么算"),
    Point.PARKING_IN_AREA: N_("车位面积计不计入"),
    Point.PARKING_IN_HEADS: N_("只有车位的业主计不计户数"),
    Point.HEAD_KEY: N_("共有的几处怎么合并"),
    Point.NOTICE: N_("会前公示多少天"),
    Point.AGENTS: N_("一个人最多替几位投"),
    Point.CHANNELS: N_("可以怎么投"),
    Point.EXTENSION: N_("参加的不够，延长几天"),
    Adoption.BALLOT: N_("在本站表决通过"),
    Adoption.PAPER: N_("纸质文件通过，存了扫描件"),
    Secrecy.NAMED: N_("记名"),
}
LINTED: Final = (N_("规则的门槛低于民法典 278 条。"), N_("规则自相矛盾：{detail}"))
"""What the lint of the packs may say of clauses."""

SHARES: Final[Mapping[str, str]] = {
    "at_least 1/2": N_("达到二分之一"),
    "over 1/2": N_("超过二分之一"),
    "at_least 2/3": N_("达到三分之二"),
    "over 2/3": N_("超过三分之二"),
    "at_least 3/4": N_("达到四分之三"),
    "at_least 4/5": N_("达到五分之四"),
    "at_least 1": N_("全部"),
}
SAID: Final[Mapping[Point, Mapping[str, str]]] = {
    Point.QUORUM: SHARES,
    Point.GENERAL: SHARES,
    Point.MAJOR: SHARES,
    Point.SILENCE: {
        "none": N_("不算参加"),
        "abstain": N_("送达后算弃权"),
        "majority": N_("送达后随多数（从多），有争议"),
    },
    Point.INVALID: {YES: N_("算参加"), NO: N_("不算参加")},
    Point.PARKING_IN_AREA: {YES: N_("计入"), NO: N_("不计入")},
    Point.PARKING_IN_HEADS: {YES: N_("计入"), NO: N_("不计入")},
    Point.HEAD_KEY: {"exact_set": N_("业主完全相同才合并"), "any_common_owner": N_("有一位业主相同就合并")},
    Point.EXTENSION: {"0": N_("不延长"), "3": N_("延长 3 天"), "7": N_("延长 7 天"), "15": N_("延长 15 天")},
}
"""What may be said about a point, by value, as a choice."""
