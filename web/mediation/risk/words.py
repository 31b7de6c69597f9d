"""Words of risk: colours and signs, each a reason that can be read aloud."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.risk.rules import Claimed, Level, Prevented, Safety, Sign
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Level.GREEN: N_("绿色：平稳"),
        Level.YELLOW: N_("黄色：要留意"),
        Level.ORANGE: N_("橙色：可能激化"),
        Level.RED: N_("红色：有危险"),
    },
    {
        Sign.THREAT: N_("明说要伤人"),
        Sign.WEAPON: N_("说到凶器、放火、下毒或者自杀"),
        Sign.POLICE: N_("九十天内为这件事报过警"),
        Sign.FEAR: N_("申请人怕对方"),
        Sign.CRISIS: N_("本人说过酗酒或者精神危机"),
        Sign.REPEATED: N_("九十天内来过三次以上"),
        Sign.TENDER: N_("受害的是未成年人或者老人"),
        Sign.MANY: N_("牵涉十人以上"),
        Sign.GATHERING: N_("准备聚集"),
        Sign.WAGES: N_("节前拖欠五人以上工资"),
        Sign.FAILED: N_("七天内刚谈崩"),
        Sign.OVERDUE: N_("约定的事过期没办又起争执"),
    },
    {
        Safety.SEPARATE: N_("把各方分开，各有人陪"),
        Safety.POLICE: N_("打 110，说清楚谁、在哪里"),
        Safety.CALL: N_("给受威胁的一方打电话，只打约好的安全电话，别人接了什么都不说"),
        Safety.DUTY: N_("告诉值班负责人"),
        Safety.ADDRESS: N_("受威胁一方的住处和去处不告诉别人"),
        Safety.REPORT: N_(
            "有未成年人或者不能自己拿主意的人受害，马上报告公安（反家庭暴力法第十四条、未成年人保护法第十一条）"
        ),
        Safety.REFER: N_("请心理、医疗的人帮忙"),
    },
    {
        Prevented.SUICIDE: N_("防止自杀"),
        Prevented.CRIME: N_("防止转化为刑事案件"),
        Prevented.FIGHT: N_("防止群体性械斗"),
        Prevented.PETITION: N_("防止群体性上访"),
    },
    {
        Claimed.WAITS: N_("等另一位核对"),
        Claimed.CONFIRMED: N_("已核对属实"),
        Claimed.DROPPED: N_("核对后不算"),
    },
)
