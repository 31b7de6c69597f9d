"""How matters are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.body.rules import Effect, Weight
from deliberation.matter.meaning import Change, Sign
from deliberation.matter.models import Fate
from deliberation.matter.queries import Shelf
from deliberation.matter.states import Screened, State
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    State.DRAFT: N_("草拟"),
    State.ENDORSING: N_("附议中"),
    State.SCREENING: N_("待受理"),
    State.PARTY_STUDY: N_("党组织研究"),
    State.DELIBERATING: N_("议事中"),
    State.FINALISED: N_("已定稿"),
    State.NOTICED: N_("会前公示"),
    State.VOTING: N_("表决中"),
    State.COUNTING: N_("计票中"),
    State.RESULT_NOTICE: N_("结果公示"),
    State.EFFECTIVE: N_("已通过"),
    State.NOT_PASSED: N_("未通过"),
    State.NO_QUORUM: N_("参加人数不够"),
    State.EXECUTING: N_("落实中"),
    State.EVALUATING: N_("评议中"),
    State.CLOSED: N_("已办结"),
    State.ARCHIVED: N_("已归档"),
    State.RETURNED: N_("退回修改"),
    State.APPEALED: N_("申诉中"),
    State.EXPIRED: N_("附议到期"),
    State.WITHDRAWN: N_("已撤回"),
    State.MERGED: N_("已并入另一件"),
    State.SUSPENDED: N_("暂停"),
    State.ORDERED_TO_CORRECT: N_("责令改正"),
    State.REVOKED: N_("已撤销"),
    Change.WORDS: N_("只改字句，意思没变"),
    Change.MEANING: N_("意思变了"),
    Sign.TITLE: N_("题目变了"),
    Sign.WHAT: N_("“做什么”变了"),
    Sign.COST: N_("“花多少”变了"),
    Sign.WHO: N_("“谁负责”变了"),
    Sign.NUMBERS: N_("数字变了"),
    Sign.REFUSAL: N_("加了或者去了“不、没有、必须、可以”一类的字"),
    Sign.MUCH: N_("改动超过五分之一"),
    Shelf.OPEN: N_("正在附议"),
    Shelf.TALK: N_("正在商议"),
    Shelf.VOTE: N_("正在表决"),
    Shelf.DONE: N_("有结果的"),
    Shelf.MINE: N_("我提的"),
    Screened.ACCEPT: N_("受理"),
    Screened.SEND_BACK: N_("退回补充"),
    Screened.TO_MEDIATION: N_("转到调解"),
    Screened.NOT_OURS: N_("不属于这里的职权"),
    Weight.GENERAL: N_("一般事项"),
    Weight.MAJOR: N_("重大事项（动用或筹集维修资金、改建、改变共有部分用途或者利用共有部分经营）"),
    Effect.BINDING: N_("有约束力的决定"),
    Effect.ADVISORY: N_("征求意见，不作决定"),
    Effect.PREPARATORY: N_("为会议作准备"),
}

FATES: Final[Mapping[Enum, str]] = {
    Fate.OPEN: N_("等候答复"),
    Fate.ADOPTED: N_("已采纳"),
    Fate.DECLINED: N_("没有采纳"),
    Fate.TAKEN_BACK: N_("提的人收回了"),
    Fate.OUTDATED: N_("那一段已经改了"),
}
"""A table of their own: `Fate.OPEN` and `Shelf.OPEN` would be one key."""
