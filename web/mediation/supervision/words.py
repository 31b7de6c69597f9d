"""Words of supervision: why a card is sent, how pressing it is, where it stands, what can be done."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.supervision.rules import CardDeed, CardState, Colour, Ground
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Ground.NOT_TAKEN: N_("该受理没有受理"),
        Ground.NOT_DONE: N_("该办没有办"),
        Ground.UNLAWFUL: N_("没有依法办"),
        Ground.DANGER: N_("可能激化"),
        Ground.LATE: N_("期限已经过了"),
    },
    {Colour.YELLOW: N_("黄色督办"), Colour.RED: N_("红色督办")},
    {
        CardState.OPEN: N_("等答复"),
        CardState.ANSWERED: N_("已答复，等督办单位看"),
        CardState.SETTLED: N_("已销号"),
        CardState.WITHDRAWN: N_("督办单已撤回"),
    },
    {
        CardDeed.ANSWER: N_("答复督办"),
        CardDeed.ACCEPT: N_("认可答复，销号"),
        CardDeed.AGAIN: N_("再问一次"),
        CardDeed.WITHDRAW: N_("撤回督办单"),
        CardDeed.FALL_LATE: N_("到期没有答复，升为红色"),
    },
)
