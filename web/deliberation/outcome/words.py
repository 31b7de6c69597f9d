"""How outcomes are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.matter.states import Actor
from deliberation.outcome.rules import Finding, Source
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Finding.SATISFIED: N_("大家满意"),
    Finding.DISSATISFIED: N_("大家不满意，返工"),
    Finding.TOO_FEW: N_("答的人太少，不作判断"),
    Actor.AUTHOR: N_("提议人"),
    Actor.RESIDENT: N_("名册上的人"),
    Actor.CLERK: N_("居委会、业委会经办人"),
    Actor.PARTY: N_("社区党组织"),
    Actor.HOST: N_("议事主持人"),
    Actor.TELLER: N_("计票人"),
    Actor.EXECUTOR: N_("落实单位"),
    Actor.OVERSEER: N_("街道、监督委员会"),
    Actor.SYSTEM: N_("到期自动"),
}
SOURCES: Final[Mapping[Enum, str]] = {
    Source.HAND: N_("监督意见"),
    Source.STEP: N_("到期没有办完"),
    Source.REPORT: N_("到期没有报告办完"),
    Source.REWORK: N_("评议不满意"),
}
SCORES: Final = (
    (5, N_("很满意")),
    (4, N_("满意")),
    (3, N_("一般")),
    (2, N_("不满意")),
    (1, N_("很不满意")),
)
