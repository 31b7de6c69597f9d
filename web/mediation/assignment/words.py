"""Words of choosing and replacing a mediator."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.assignment.ranking import Why
from mediation.assignment.rules import Kin, Plea
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Plea.RAISED: N_("已提出"),
    Plea.AUTO_GRANTED: N_("提出即更换"),
    Plea.REVIEW: N_("等决定"),
    Plea.GRANTED: N_("同意更换"),
    Plea.REJECTED: N_("不予更换"),
    Plea.WAIVED: N_("各方同意继续"),
    Why.TIED: N_("就是当事人，或者和当事人住在一起"),
    Kin.SPOUSE: N_("配偶"),
    Kin.PARENT: N_("父母"),
    Kin.CHILD: N_("子女"),
    Kin.SIBLING: N_("兄弟姐妹"),
    Kin.GRAND: N_("祖孙"),
    Kin.OTHER_KIN: N_("其他亲属，包括表兄弟、堂姐妹"),
    Kin.COLLEAGUE: N_("同事"),
    Kin.NEIGHBOUR: N_("邻居"),
    Kin.CREDITOR: N_("债权债务"),
    Kin.PRIOR_AGENT: N_("代理过他"),
    Kin.OTHER: N_("其他关系"),
    Why.DECLARED: N_("申报过和当事人有关系"),
    Why.WARNED: N_("申报过和当事人有关系，各方都同意才能继续"),
    Why.RECUSED: N_("这件事上已经换下来了"),
    Why.FULL: N_("手上已经满了"),
    Why.EXPIRED: N_("现在不在任期里"),
    Why.TONGUE: N_("会说当事人说的话"),
    Why.SKILL: N_("擅长这一类"),
    Why.MET: N_("办过当事人别的事"),
    Why.BUILDING: N_("和当事人住同一栋楼"),
    Why.KIND: N_("办结过同类的"),
    Why.LOAD: N_("手上的件数"),
}
