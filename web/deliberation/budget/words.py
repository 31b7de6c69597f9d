"""How budget rounds are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.budget.equal_shares import Completion
from deliberation.budget.models import Stage
from deliberation.budget.rules import Kind, Why
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Stage.DRAFT: N_("准备中"),
    Stage.ANNOUNCED: N_("已公布，还没开始"),
    Stage.OPEN: N_("正在投"),
    Stage.CLOSED: N_("截止了，正在计票"),
    Stage.COUNTED: N_("有结果了"),
    Kind.APPROVAL: N_("勾选赞成的项目"),
    Kind.POINTS: N_("给项目打分"),
    Kind.KNAPSACK: N_("在总额以内挑选"),
    Kind.RANKED: N_("给项目排先后"),
    Completion.NONE: N_("余款留着不花"),
    Completion.GREEDY: N_("余款按票数从多到少补选"),
    Completion.ADD_ONE: N_("每人的份额一分一分往上加，加到总额不够为止"),
    Why.WON: N_("选中"),
    Why.FILLED: N_("余款补选"),
    Why.NO_MONEY: N_("轮到它时余款不够"),
    Why.NO_SUPPORT: N_("没有人选"),
    Why.TOO_DEAR: N_("比总额还贵"),
    Why.SUPPORTERS_SHORT: N_("选它的人剩下的份额不够"),
}
