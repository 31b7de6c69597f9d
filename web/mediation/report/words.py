"""Words of the statistics: where disputes came from, and how much money they were about."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.report.form import Band, Source
from mediation.report.measures import Prevented
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Source.APPLIED: N_("当事人申请"),
        Source.FOUND: N_("主动排查"),
        Source.SENT: N_("接受委托移送"),
        Source.IMPORTED: N_("批量导入"),
    },
    {
        Band.NONE: N_("没有金额"),
        Band.TO_10K: N_("不满一万元"),
        Band.TO_50K: N_("一万至五万元"),
        Band.TO_200K: N_("五万至二十万元"),
        Band.ABOVE: N_("二十万元以上"),
    },
    {
        Prevented.SUICIDE: N_("防止自杀"),
        Prevented.CRIME: N_("防止转化为刑事案件"),
        Prevented.FIGHT: N_("防止群体性械斗"),
        Prevented.PETITION: N_("防止群体性上访"),
    },
)
