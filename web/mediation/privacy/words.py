"""Words of the log of a case, of opening something, and of consents."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from mediation.case.access import Thing
from mediation.privacy.rules import Purpose, Standing
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Thing.INDEX: N_("案件索引"),
        Thing.NAMES: N_("当事人的称呼"),
        Thing.IDENTITY: N_("当事人的身份和联系办法"),
        Thing.STATEMENT: N_("申请和陈述"),
        Thing.JOINT: N_("大家一起说的话"),
        Thing.CAUCUS: N_("一方单独和调解员说的话"),
        Thing.INTERNAL: N_("调解员内部记录"),
        Thing.SHARED: N_("各方都能看的证据"),
        Thing.PRIVATE: N_("只给调解员看的证据"),
        Thing.MINUTES: N_("确认过的笔录"),
        Thing.PROPOSAL: N_("还没有生效的协议文本"),
        Thing.AGREEMENT: N_("调解协议"),
        Thing.CONFIRMATION: N_("司法确认材料"),
        Thing.PERFORMANCE: N_("约定履行得怎样"),
        Thing.RISK: N_("风险评估"),
        Thing.LOG: N_("查阅记录"),
        Thing.SATISFACTION: N_("满意度"),
        Thing.FIGURES: N_("统计数字"),
    },
    {
        Purpose.MEDIATE: N_("主持调解"),
        Purpose.INTAKE: N_("审查申请"),
        Purpose.DIRECT: N_("组织本单位的调解"),
        Purpose.TAKE_OVER: N_("决定是否接收"),
        Purpose.COMMISSION: N_("委派或者委托调解"),
        Purpose.DISPATCH: N_("调度"),
        Purpose.SUPERVISE: N_("指导和监督"),
        Purpose.CONFIRM: N_("办理司法确认"),
        Purpose.ARCHIVE: N_("立卷归档"),
        Purpose.PERMIT: N_("两人同意的临时查阅"),
    },
    {
        Standing.ASKED: N_("等另一个人答复"),
        Standing.OPEN: N_("已同意，在时限内"),
        Standing.OVER: N_("时限已过"),
        Standing.REFUSED: N_("没有同意"),
        Standing.LAPSED: N_("一天内没有人答复"),
    },
)


@dataclass(frozen=True, slots=True)
class Act:
    """What a consent was about: its name, what it serves, and how it is taken back."""

    name: str
    serves: str
    back: str


_STOP: Final = N_("随时可以停：在案件页按“我不想调解了”，不用说理由。停以前的记录留着。")
_ONCE: Final = N_("这件事已经照办，不能收回；以后的事可以另作答复。")
_ASK: Final = N_("还没有照办时可以收回：请告诉调解员或者受理员。")

ACTS: Final[Mapping[str, Act]] = {
    "mediate": Act(N_("愿意调解，个人信息用于调解"), N_("联系各方、主持调解、写文书和立卷"), _STOP),
    "handover": Act(N_("把材料交给另一家单位"), N_("由另一家单位接着调解"), _ASK),
    "extend": Act(N_("延长调解期限"), N_("多谈几天"), _ONCE),
    "esign": Act(N_("用电子签名签协议"), N_("不到现场也能签"), N_("签名十分钟内可以收回；之后请找调解员。")),
    "remediate": Act(N_("重新调解"), N_("对协议有争议，再谈一次"), _STOP),
    "identity": Act(
        N_("留下身份证号和地址"), N_("签协议、申请司法确认时核对身份"), N_("在“我的身份信息”里按“收回，把这两项删掉”。")
    ),
    "open_talk": Act(N_("调解公开进行"), N_("愿意来听的人可以来听"), _ASK),
    "record_av": Act(N_("调解时录音录像"), N_("留下谈话的录音录像"), _ASK),
    "undisputed_fact": Act(N_("确认一件没有争议的事实"), N_("写协议时不用再争"), _ONCE),
    "waive_conflict": Act(N_("知道有利害关系，仍由这位调解员调解"), N_("不换调解员，接着谈"), _ASK),
}
"""By the name of the act in a consent."""

OTHER: Final = Act(N_("其他同意"), N_("办理这件纠纷"), _ASK)

METHODS: Final[Mapping[str, str]] = {
    "click": N_("在网上按的"),
    "window": N_("在窗口说的"),
    "phone": N_("在电话里说的"),
    "visit": N_("上门时说的"),
    "paper": N_("签了纸"),
    "sign": N_("签了字"),
    "link": N_("用链接答复的"),
    "pointed": N_("指着“不调了”的卡片"),
    "signing": N_("打手语说的"),
    "said": N_("当面说的"),
    "wrote": N_("写下来的"),
    "card": N_("在谈话里的卡片上按的"),
    "on_behalf": N_("由代办人代填，念给本人听过"),
}
"""How a consent was given."""
