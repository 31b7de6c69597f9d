"""The periods of mediation as one table, and how each is counted.

A rule with force `Force.HARD` must rest on a source that was read. Keys of sources: PML 人民调解法, R75 人民调解工作
若干规定, CPL 民事诉讼法, JC11 司法确认程序若干规定, SIM 特邀调解规定, OMR 人民法院在线调解规则, LIM 诉讼时效规定,
LAB 劳动争议调解仲裁法, MED 医疗纠纷条例, TRA 道交法实施条例, XF 信访工作条例, SZ 深圳, NB 宁波.
"""

from typing import Final

from mediation.case.states import Clock
from mediation.case.terms import Basis, Extend, Force, PauseReason, Rule, Start, Trust, Unit

_CC_188: Final = Basis("民法典", "188", Trust.VERIFIED)
_CC_195: Final = Basis("民法典", "195", Trust.VERIFIED)
_CPL_205: Final = Basis("CPL", "205", Trust.VERIFIED)
_CPL_250: Final = Basis("CPL", "250", Trust.VERIFIED)
_JC11_4: Final = Basis("JC11", "4", Trust.VERIFIED)
_JC11_5: Final = Basis("JC11", "5", Trust.VERIFIED)
_LAB_14: Final = Basis("LAB", "14", Trust.VERIFIED)
_LAB_27: Final = Basis("LAB", "27", Trust.VERIFIED)
_LIM_12: Final = Basis("LIM", "12", Trust.VERIFIED)
_MED_38: Final = Basis("MED", "38", Trust.VERIFIED)
_MED_40: Final = Basis("MED", "40", Trust.VERIFIED)
_NBMED_30: Final = Basis("宁波医疗纠纷条例", "30", Trust.VERIFIED)
_NB_27: Final = Basis("NB", "27", Trust.VERIFIED)
_OMR_10: Final = Basis("OMR", "10", Trust.VERIFIED)
_OMR_12: Final = Basis("OMR", "12", Trust.VERIFIED)
_OMR_15: Final = Basis("OMR", "15", Trust.VERIFIED)
_OMR_24: Final = Basis("OMR", "24", Trust.VERIFIED)
_OMR_26: Final = Basis("OMR", "26", Trust.VERIFIED)
_OURS: Final = Basis("平台约定", "", Trust.OURS)
_PML_25: Final = Basis("PML", "25", Trust.VERIFIED)
_PML_31: Final = Basis("PML", "31", Trust.VERIFIED)
_PML_33: Final = Basis("PML", "33", Trust.VERIFIED)
_PRACTICE: Final = Basis("通行做法", "鉴定期间不计", Trust.KNOWN)
_R75_33: Final = Basis("R75", "33", Trust.SECONDARY)
_ESL_13: Final = Basis("ESL", "13", Trust.KNOWN)
_R75_DUTY: Final = Basis("R75", "", Trust.KNOWN)
_SIM_27: Final = Basis("SIM", "27", Trust.VERIFIED)
_SZ_25: Final = Basis("SZ", "25", Trust.VERIFIED)
_SZ_45: Final = Basis("SZ", "45", Trust.VERIFIED)
_SZ_46: Final = Basis("SZ", "46", Trust.VERIFIED)
_TRA_94: Final = Basis("TRA", "94", Trust.VERIFIED)
_TRA_95: Final = Basis("TRA", "95", Trust.VERIFIED)
_XF_22: Final = Basis("XF", "22", Trust.VERIFIED)
_XF_23: Final = Basis("XF", "23", Trust.VERIFIED)

APPRAISAL: Final = frozenset({PauseReason.APPRAISAL})
"""医疗纠纷条例 38; 人民法院在线调解规则 26: the time an appraisal takes is not counted."""

APPRAISAL_HANDOVER: Final = APPRAISAL | {PauseReason.HANDOVER}
"""For the soft period of people's mediation only; no law lets a hard period wait for a handover."""

HANDED_ON: Final = frozenset({PauseReason.HANDOVER})
"""For our own promises: nobody here can keep them while another organisation decides whether it takes the case."""

ANY_WAIT: Final = frozenset(PauseReason)
"""For the first session, our own promise: there is none while the case waits, for whatever reason."""

# fmt: off
RULES: Final[tuple[Rule, ...]] = (
    Rule(
        id="D01", what="审查是否受理",
        amount=3, unit=Unit.WORKING_DAY, starts=Start.FILED, force=Force.INTERNAL,
        basis=(_OURS, _NBMED_30), clock=Clock.REVIEW, excludes=HANDED_ON,
    ),
    Rule(
        id="D02", variant="simple", what="行政调解决定是否受理",
        amount=5, unit=Unit.WORKING_DAY, starts=Start.FILED, force=Force.HARD,
        basis=(_SZ_46,), clock=Clock.REVIEW, pack="SZ",
    ),
    Rule(
        id="D02", variant="complex", what="行政调解决定是否受理（复杂或者多部门）",
        amount=10, unit=Unit.WORKING_DAY, starts=Start.FILED, force=Force.HARD,
        basis=(_SZ_46,), clock=Clock.REVIEW, pack="SZ",
    ),
    Rule(
        id="D03", what="不属本单位的转送",
        amount=3, unit=Unit.WORKING_DAY, starts=Start.FILED, force=Force.HARD,
        basis=(_SZ_45,), pack="SZ",
    ),
    Rule(
        id="D04", what="补正材料",
        amount=7, unit=Unit.DAY, starts=Start.NOTIFIED, force=Force.INTERNAL,
        basis=(_OURS,), clock=Clock.SUPPLEMENT, extend=Extend.ONCE, more=7,
    ),
    Rule(
        id="D05", variant="contact", what="联系每一位被申请人",
        amount=3, unit=Unit.WORKING_DAY, starts=Start.INVITED, force=Force.INTERNAL,
        basis=(_OMR_15, _OURS),
    ),
    Rule(
        id="D05", variant="contact_court", what="联系每一位被申请人（法院委派委托）",
        amount=3, unit=Unit.WORKING_DAY, starts=Start.INVITED, force=Force.HARD,
        basis=(_OMR_15,),
    ),
    Rule(
        id="D05", variant="answer", what="答复是否同意调解",
        amount=7, unit=Unit.DAY, starts=Start.INVITED, force=Force.INTERNAL,
        basis=(_OURS,), clock=Clock.INVITE, excludes=HANDED_ON,
    ),
    Rule(
        id="D06", variant="month", what="人民调解办结",
        amount=1, unit=Unit.MONTH, starts=Start.ACCEPTED, force=Force.SOFT,
        basis=(_R75_33, _PRACTICE), clock=Clock.MEDIATE, excludes=APPRAISAL_HANDOVER, extend=Extend.ALL_AGREE,
    ),
    Rule(
        id="D06", variant="days_nb", what="人民调解办结",
        amount=30, unit=Unit.DAY, starts=Start.ACCEPTED, force=Force.SOFT,
        basis=(_NB_27, _PRACTICE), clock=Clock.MEDIATE, excludes=APPRAISAL_HANDOVER, extend=Extend.ALL_AGREE, pack="NB",
    ),
    Rule(
        id="D06", variant="days_sz", what="人民调解办结",
        amount=30, unit=Unit.DAY, starts=Start.ACCEPTED, force=Force.SOFT,
        basis=(_SZ_25, _PRACTICE), clock=Clock.MEDIATE, excludes=APPRAISAL_HANDOVER, extend=Extend.ALL_AGREE, pack="SZ",
    ),
    Rule(
        id="D07", what="医疗纠纷调解办结",
        amount=30, unit=Unit.WORKING_DAY, starts=Start.ACCEPTED, force=Force.HARD,
        basis=(_MED_38, _MED_40), clock=Clock.MEDIATE, excludes=APPRAISAL, extend=Extend.ALL_AGREE,
    ),
    Rule(
        id="D08", what="劳动争议满此日可以申请仲裁",
        amount=15, unit=Unit.DAY, starts=Start.APPLIED, force=Force.SOFT,
        basis=(_LAB_14,), clock=Clock.MEDIATE,
    ),
    Rule(
        id="D09", variant="request", what="申请交警调解",
        amount=10, unit=Unit.DAY, starts=Start.DETERMINED, force=Force.HARD,
        basis=(_TRA_94,),
    ),
    Rule(
        id="D09", variant="finish", what="交警调解办结",
        amount=10, unit=Unit.DAY, starts=Start.ACCEPTED, force=Force.HARD,
        basis=(_TRA_94, _TRA_95), clock=Clock.MEDIATE,
    ),
    Rule(
        id="D10", what="法院委派调解办结",
        amount=30, unit=Unit.DAY, starts=Start.RECEIVED, force=Force.HARD,
        basis=(_SIM_27, _OMR_24, _OMR_26), clock=Clock.MEDIATE, excludes=APPRAISAL, extend=Extend.ALL_AGREE,
    ),
    Rule(
        id="D11", variant="ordinary", what="法院委托调解办结（普通程序）",
        amount=15, unit=Unit.DAY, starts=Start.RECEIVED, force=Force.HARD,
        basis=(_SIM_27, _OMR_24, _OMR_26), clock=Clock.MEDIATE, excludes=APPRAISAL, extend=Extend.ALL_AGREE,
    ),
    Rule(
        id="D11", variant="summary", what="法院委托调解办结（简易程序）",
        amount=7, unit=Unit.DAY, starts=Start.RECEIVED, force=Force.HARD,
        basis=(_SIM_27, _OMR_24, _OMR_26), clock=Clock.MEDIATE, excludes=APPRAISAL, extend=Extend.ALL_AGREE,
    ),
    Rule(
        id="D12", what="答复法院是否接收",
        amount=3, unit=Unit.WORKING_DAY, starts=Start.RECEIVED, force=Force.HARD,
        basis=(_OMR_12,),
    ),
    Rule(
        id="D13", what="双方选定调解员",
        amount=2, unit=Unit.WORKING_DAY, starts=Start.CONSENTED, force=Force.HARD,
        basis=(_OMR_10,),
    ),
    Rule(
        id="D14", variant="answer", what="接收单位答复",
        amount=3, unit=Unit.WORKING_DAY, starts=Start.SENT, force=Force.INTERNAL,
        basis=(_OURS,), clock=Clock.HANDOVER,
    ),
    Rule(
        id="D14", variant="petition", what="信访事项提出转送异议",
        amount=5, unit=Unit.WORKING_DAY, starts=Start.RECEIVED, force=Force.EXTERNAL,
        basis=(_XF_23,),
    ),
    Rule(
        id="D15", what="召开第一次调解会议",
        amount=7, unit=Unit.DAY, starts=Start.ASSIGNED, force=Force.INTERNAL,
        basis=(_OURS,), clock=Clock.FIRST_SESSION, excludes=ANY_WAIT,
    ),
    Rule(
        id="D16", what="收齐签名和盖章",
        amount=7, unit=Unit.DAY, starts=Start.FINALIZED, force=Force.INTERNAL,
        basis=(_OURS,), clock=Clock.SIGN, extend=Extend.ONCE, more=7,
    ),
    Rule(
        id="D17", what="共同申请司法确认",
        amount=30, unit=Unit.DAY, starts=Start.EFFECT, force=Force.HARD,
        basis=(_CPL_205, _PML_33), clock=Clock.JC,
    ),
    Rule(
        id="D18", variant="accept", what="法院答复是否受理司法确认",
        amount=3, unit=Unit.DAY, starts=Start.JC_FILED, force=Force.EXTERNAL,
        basis=(_JC11_4,),
    ),
    Rule(
        id="D18", variant="decide", what="法院作出司法确认裁定",
        amount=15, unit=Unit.DAY, starts=Start.JC_ACCEPTED, force=Force.EXTERNAL,
        basis=(_JC11_5,), extend=Extend.PRESIDENT, more=10,
    ),
    Rule(
        id="D19", what="履行协议约定的义务",
        amount=0, unit=Unit.DAY, starts=Start.CLAUSE_DATE, force=Force.HARD,
        basis=(_PML_31,), clock=Clock.OBLIGATION, extend=Extend.AMEND,
    ),
    Rule(
        id="D20", variant="first", what="第一次督促",
        amount=1, unit=Unit.DAY, starts=Start.OVERDUE, force=Force.INTERNAL,
        basis=(_PML_31, _OURS), clock=Clock.URGE,
    ),
    Rule(
        id="D20", variant="second", what="第二次督促",
        amount=7, unit=Unit.DAY, starts=Start.OVERDUE, force=Force.INTERNAL,
        basis=(_PML_31, _OURS), clock=Clock.URGE,
    ),
    Rule(
        id="D20", variant="final", what="最后一次督促",
        amount=15, unit=Unit.DAY, starts=Start.OVERDUE, force=Force.INTERNAL,
        basis=(_PML_31, _OURS), clock=Clock.URGE,
    ),
    Rule(
        id="D21", variant="performed", what="履行后回访",
        amount=15, unit=Unit.DAY, starts=Start.PERFORMED, force=Force.INTERNAL,
        basis=(_R75_DUTY, _OURS), clock=Clock.FOLLOWUP,
    ),
    Rule(
        id="D21", variant="effect", what="生效后回访",
        amount=30, unit=Unit.DAY, starts=Start.EFFECT, force=Force.INTERNAL,
        basis=(_R75_DUTY, _OURS), clock=Clock.FOLLOWUP,
    ),
    Rule(
        id="D22", variant="papers", what="送达终止通知并结案",
        amount=3, unit=Unit.WORKING_DAY, starts=Start.TERMINATED, force=Force.INTERNAL,
        basis=(_OURS,), clock=Clock.CLOSE, excludes=HANDED_ON,
    ),
    Rule(
        id="D22", variant="court", what="退回法院材料",
        amount=0, unit=Unit.DAY, starts=Start.TERMINATED, force=Force.HARD,
        basis=(_OMR_15,),
    ),
    Rule(
        id="D23", what="装订归档",
        amount=30, unit=Unit.DAY, starts=Start.CLOSED, force=Force.INTERNAL,
        basis=(_OURS,), clock=Clock.ARCHIVE,
    ),
    Rule(
        id="D24", variant="first", what="红色预警有人接手",
        amount=5, unit=Unit.MINUTE, starts=Start.ALARMED, force=Force.INTERNAL,
        basis=(_PML_25, _OURS),
    ),
    Rule(
        id="D24", variant="center", what="红色预警报综治中心",
        amount=15, unit=Unit.MINUTE, starts=Start.ALARMED, force=Force.INTERNAL,
        basis=(_PML_25, _OURS),
    ),
    Rule(
        id="D25", what="申请强制执行",
        amount=2, unit=Unit.YEAR, starts=Start.CLAUSE_DATE, force=Force.EXTERNAL,
        basis=(_CPL_250,), extend=Extend.STATUTE,
    ),
    Rule(
        id="D26", what="申请劳动仲裁",
        amount=1, unit=Unit.YEAR, starts=Start.HARM_KNOWN, force=Force.EXTERNAL,
        basis=(_LAB_27,), extend=Extend.STATUTE,
    ),
    Rule(
        id="D27", what="向法院起诉",
        amount=3, unit=Unit.YEAR, starts=Start.HARM_KNOWN, force=Force.EXTERNAL,
        basis=(_CC_188, _CC_195, _LIM_12), extend=Extend.STATUTE,
    ),
    Rule(
        id="D28", what="信访事项登记转送",
        amount=15, unit=Unit.DAY, starts=Start.RECEIVED, force=Force.EXTERNAL,
        basis=(_XF_22,),
    ),
    Rule(
        id="D29", what="复查中止的原因",
        amount=15, unit=Unit.DAY, starts=Start.SUSPENDED, force=Force.INTERNAL,
        basis=(_OURS,), clock=Clock.SUSPEND_REVIEW,
    ),
    Rule(
        id="D30", variant="admin", what="行政调解办结",
        amount=30, unit=Unit.DAY, starts=Start.ACCEPTED, force=Force.SOFT,
        basis=(_OURS,), clock=Clock.MEDIATE, excludes=APPRAISAL_HANDOVER, extend=Extend.ALL_AGREE,
    ),
    Rule(
        id="D30", variant="commercial", what="商事调解办结",
        amount=30, unit=Unit.DAY, starts=Start.ACCEPTED, force=Force.SOFT,
        basis=(_OURS,), clock=Clock.MEDIATE, excludes=APPRAISAL_HANDOVER, extend=Extend.ALL_AGREE,
    ),
    Rule(
        id="D31", what="签名以后撤回",
        amount=10, unit=Unit.MINUTE, starts=Start.SIGNED, force=Force.INTERNAL,
        basis=(_ESL_13, _OURS),
    ),
)
# fmt: on
"""D01 to D28 as the sources give them; D29 is ours, so that a suspended case is looked at again, and D30, since no
national law says how long these two tracks take. D31 is ours, for a lawyer to confirm: no law knows a take-back."""
