"""Words of periods: units, force, where they start, why a case waits, why a day moved."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from mediation.case.terms import Force, PauseReason, Start, Unit
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Unit.MINUTE: N_("分钟"),
        Unit.DAY: N_("日"),
        Unit.WORKING_DAY: N_("工作日"),
        Unit.MONTH: N_("个月"),
        Unit.YEAR: N_("年"),
    },
    {
        Force.HARD: N_("到期有法律后果"),
        Force.SOFT: N_("到期要督办，不自动终止"),
        Force.INTERNAL: N_("我们自己的承诺"),
        Force.EXTERNAL: N_("别的单位的期限，只作提醒"),
    },
    {
        Start.FILED: N_("申请那天"),
        Start.NOTIFIED: N_("告知补正那天"),
        Start.INVITED: N_("发出邀请那天"),
        Start.ACCEPTED: N_("受理那天"),
        Start.APPLIED: N_("收到申请那天"),
        Start.DETERMINED: N_("收到认定书那天"),
        Start.RECEIVED: N_("签收那天"),
        Start.CONSENTED: N_("双方同意那天"),
        Start.SENT: N_("移交那天"),
        Start.ASSIGNED: N_("选定调解员那天"),
        Start.SUSPENDED: N_("中止那天"),
        Start.FINALIZED: N_("定稿那天"),
        Start.EFFECT: N_("协议生效那天"),
        Start.JC_FILED: N_("提交司法确认那天"),
        Start.JC_ACCEPTED: N_("法院受理那天"),
        Start.CLAUSE_DATE: N_("约定的那天"),
        Start.OVERDUE: N_("应当履行那天"),
        Start.PERFORMED: N_("履行完毕那天"),
        Start.TERMINATED: N_("终止那天"),
        Start.CLOSED: N_("结案那天"),
        Start.ALARMED: N_("预警那一刻"),
        Start.SIGNED: N_("签名那一刻"),
        Start.HARM_KNOWN: N_("知道权利受损那天"),
    },
    {
        PauseReason.APPRAISAL: N_("等鉴定"),
        PauseReason.GUARDIAN: N_("等确定监护人"),
        PauseReason.FORCE_MAJEURE: N_("不可抗力"),
        PauseReason.SHAM: N_("疑似虚假调解"),
        PauseReason.SAFETY: N_("先处理人身安全"),
        PauseReason.OTHER_CASE: N_("等另一个案件的结果"),
        PauseReason.HANDOVER: N_("移交，等对方接收"),
    },
)

LAWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "民法典": N_("民法典"),
        "PML": N_("人民调解法"),
        "R75": N_("人民调解工作若干规定"),
        "CPL": N_("民事诉讼法"),
        "JC11": N_("人民调解协议司法确认程序若干规定"),
        "SIM": N_("人民法院特邀调解规定"),
        "OMR": N_("人民法院在线调解规则"),
        "LIM": N_("诉讼时效规定"),
        "LAB": N_("劳动争议调解仲裁法"),
        "MED": N_("医疗纠纷预防和处理条例"),
        "宁波医疗纠纷条例": N_("宁波市医疗纠纷预防与处置条例"),
        "TRA": N_("道路交通安全法实施条例"),
        "XF": N_("信访工作条例"),
        "ESL": N_("电子签名法"),
        "SZ": N_("深圳经济特区矛盾纠纷多元化解条例"),
        "NB": N_("宁波市人民调解条例"),
        "平台约定": N_("平台约定"),
        "通行做法": N_("通行做法"),
    }
)
"""What the sources of the rules are called."""

BECAUSE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "resumed": N_("等待的日子不计入"),
        "calendar": N_("放假安排公布了"),
        "extended": N_("各方同意延长"),
    }
)
"""Why a last day moved."""
