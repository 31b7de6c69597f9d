"""Labels of states, steps, outcomes, sides and seats."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.case.access import Seat
from mediation.case.models import Side, Track, Will
from mediation.case.states import STANDINGS, Actor, Clock, Outcome
from mediation.case.workflow import ROWS
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {state: standing.title for state, standing in STANDINGS.items()},
    {row.event: row.title for row in ROWS},
    {
        Side.APPLICANT: N_("申请人"),
        Side.RESPONDENT: N_("被申请人"),
        Side.THIRD: N_("第三人"),
    },
    {
        Track.PEOPLE: N_("人民调解"),
        Track.ADMIN: N_("行政调解"),
        Track.COURT_PRE: N_("法院委派调解"),
        Track.COURT_POST: N_("法院委托调解"),
        Track.INDUSTRY: N_("行业专业调解"),
        Track.COMMERCIAL: N_("商事调解"),
    },
    {
        Will.PENDING: N_("还没有征询"),
        Will.INVITED: N_("已邀请，等答复"),
        Will.OPENED: N_("已看到邀请，等答复"),
        Will.CONSENTED: N_("同意调解"),
        Will.REFUSED: N_("不同意调解"),
        Will.REVOKED: N_("已退出调解"),
    },
    {
        Outcome.AGREED_WRITTEN: N_("达成书面协议"),
        Outcome.AGREED_ORAL: N_("达成口头协议"),
        Outcome.AGREED_PARTIAL: N_("部分达成协议"),
        Outcome.FAILED_GAP: N_("分歧太大，没有谈成"),
        Outcome.REFUSED_BEFORE_ACCEPTANCE: N_("受理前对方不同意调解"),
        Outcome.REFUSED_MIDWAY: N_("对方中途不愿再调解"),
        Outcome.UNREACHABLE: N_("联系不上对方"),
        Outcome.WITHDRAWN_BEFORE_ACCEPTANCE: N_("受理前撤回申请"),
        Outcome.WITHDRAWN_MIDWAY: N_("申请人中途退出"),
        Outcome.SELF_SETTLED: N_("双方自己和解"),
        Outcome.SIGN_REFUSED: N_("没有签署协议"),
        Outcome.PERIOD_EXPIRED: N_("期限届满"),
        Outcome.COURT_SEIZED: N_("法院已受理"),
        Outcome.ADMIN_MUST_DECIDE: N_("须由行政机关处理"),
        Outcome.FRAUD_SUSPECTED: N_("疑似虚假调解"),
        Outcome.LAPSED: N_("逾期没有补正"),
        Outcome.DECLINED: N_("不予受理"),
        Outcome.REDIRECTED: N_("已引导到别处"),
        Outcome.TRANSFERRED: N_("已移交"),
        Outcome.MERGED: N_("已并案"),
        Outcome.BREACH_ROUTED_OUT: N_("没有履行，已告知法定途径"),
    },
    {
        Actor.PARTY: N_("当事人"),
        Actor.REP: N_("代理人"),
        Actor.HELPER: N_("代办人"),
        Actor.INTAKE: N_("受理员"),
        Actor.MEDIATOR: N_("调解员"),
        Actor.ORGDIR: N_("调委会主任"),
        Actor.CENTER: N_("综治中心"),
        Actor.COURT: N_("法院"),
        Actor.TARGET_ORGDIR: N_("接收单位"),
        Actor.ARCHIVIST: N_("档案员"),
        Actor.PARTY_OFF: N_("社区党组织"),
        Actor.SYSTEM: N_("系统"),
    },
    {
        Clock.REVIEW: N_("审查受理"),
        Clock.SUPPLEMENT: N_("补正"),
        Clock.INVITE: N_("征询意愿"),
        Clock.MEDIATE: N_("调解"),
        Clock.FIRST_SESSION: N_("第一次会面"),
        Clock.SUSPEND_REVIEW: N_("中止复查"),
        Clock.SIGN: N_("签署"),
        Clock.JC: N_("申请司法确认"),
        Clock.OBLIGATION: N_("履行"),
        Clock.URGE: N_("督促"),
        Clock.FOLLOWUP: N_("回访"),
        Clock.CLOSE: N_("结案"),
        Clock.HANDOVER: N_("移交"),
        Clock.ARCHIVE: N_("归档"),
        Clock.RETENTION: N_("保管"),
    },
    {
        Seat.APPLICANT: N_("申请人"),
        Seat.RESPONDENT: N_("被申请人"),
        Seat.HELPER: N_("代办人"),
        Seat.INTAKE: N_("受理员"),
        Seat.MEDIATOR: N_("主持调解员"),
        Seat.CO: N_("协同调解员"),
        Seat.FORMER: N_("前任调解员"),
        Seat.COLLEAGUE: N_("本会其他调解员"),
        Seat.DIRECTOR: N_("调委会主任"),
        Seat.CENTRE: N_("综治中心调度"),
        Seat.JUSTICE: N_("司法所"),
        Seat.PARTY_OFFICE: N_("社区党组织"),
        Seat.ARCHIVIST: N_("档案员"),
        Seat.RECEIVER: N_("接收单位"),
    },
)
"""One table an enum: `State.DECLINED` and `Outcome.DECLINED` are one key in one table, having one value."""
