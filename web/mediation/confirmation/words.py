"""Words of judicial confirmation: where it stands, which court, why not, and what then."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.confirmation.grounds import Bar, Denial, Item, Nexus, Way
from mediation.confirmation.rules import Course
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Course.PREPARING: N_("正在准备"),
        Course.APPLIED: N_("有人申请了，等其他人"),
        Course.FILED: N_("已提交法院"),
        Course.SUPPLEMENT: N_("法院要求补充材料"),
        Course.CONFIRMED: N_("法院已确认有效"),
        Course.DISMISSED: N_("法院驳回"),
        Course.NOT_ACCEPTED: N_("法院不予受理"),
        Course.WITHDRAWN: N_("已撤回"),
        Course.LAPSED: N_("过了三十日，没有提交"),
    },
    {
        Bar.NOT_BINDING: N_("还没有生效的协议。协议生效以后，三十日内可以申请。"),
        Bar.ORAL: N_("这是口头协议，法院要看书面协议。可以请调解员补写一份，各方签字。"),
        Bar.STATUS: N_("协议里有婚姻、亲子等人身关系的约定，法院不确认。钱物的部分可以另写一份协议再申请。"),
        Bar.TITLE: N_("协议里确认了东西归谁所有，法院不在司法确认里确权。去掉那一条，或者向法院起诉。"),
        Bar.IN_TRIAL: N_("这件事法院已经立案，由审理的法院审查协议，制作调解书，不走司法确认。"),
    },
    {
        Nexus.INVITED: N_("委派这次调解的法院"),
        Nexus.BODY: N_("调解组织所在地"),
        Nexus.JOINT: N_("联合调解的另一组织所在地"),
        Nexus.SUBJECT: N_("标的物所在地"),
        Nexus.DOMICILE: N_("当事人住所地"),
        Nexus.HIGHER: N_("依法由中级法院管"),
    },
    {
        Denial.OUTSIDE: N_("不属于法院受理民事案件的范围"),
        Denial.WRONG_COURT: N_("不归这家法院管"),
        Denial.STATUS: N_("涉及婚姻、亲子、收养关系"),
        Denial.SPECIAL: N_("适用特别、公示催告或者破产程序"),
        Denial.TITLE: N_("涉及物权、知识产权确权"),
        Denial.UNLAWFUL: N_("违反法律的强制性规定"),
        Denial.HARMFUL: N_("损害国家、公共或者他人的利益"),
        Denial.IMMORAL: N_("违背公序良俗"),
        Denial.FORCED: N_("不是自愿达成的"),
        Denial.UNCLEAR: N_("内容不明确"),
        Denial.OTHER: N_("其他理由"),
    },
    {
        Way.ENFORCE: N_("对方不履行的，可以向这家法院或者财产所在地的法院申请强制执行。"),
        Way.OBJECT: N_("认为裁定有错的，收到裁定十五日内可以向法院提出异议。"),
        Way.AMEND: N_("双方都愿意的，用补充协议把协议改好；新协议生效后三十日内，可以再申请一次。"),
        Way.AGAIN: N_("还在三十日内的，可以再申请，也可以换一家有管辖权的法院。"),
        Way.REMEDIATE: N_("各方都同意的，可以请调委会重新调解。"),
        Way.SUE: N_("协议照样有约束力，对方不履行或者有争议的，可以向法院起诉。"),
    },
    {
        Item.APPLICATION: N_("司法确认申请书"),
        Item.AGREEMENT: N_("调解协议书"),
        Item.CERTIFICATE: N_("调解组织主持调解的证明"),
        Item.IDENTITY: N_("各方的身份、住所和联系方式"),
        Item.MANDATE: N_("授权委托书"),
        Item.PROPERTY: N_("财产权利证明，例如房产证、购物发票"),
    },
)
METHODS: Final[Mapping[str, str]] = {
    "click": N_("登录后申请"),
    "guardian": N_("由法定代理人申请"),
    "paper": N_("签了纸质申请书"),
    "mandate": N_("由委托代理人申请"),
}
PAPERS: Final[Mapping[str, str]] = {
    "checklist": N_("材料目录"),
    "application": N_("司法确认申请书"),
    "agreement": N_("调解协议书"),
    "certificate": N_("调解组织主持调解的证明"),
    "identity": N_("各方的身份、住所和联系方式"),
}
"""What each paper of a package is called on the page."""
ANSWERS: Final[Mapping[str, str]] = {
    "admit": N_("受理"),
    "ask_more": N_("通知补充材料"),
    "confirm": N_("裁定协议有效"),
    "dismiss": N_("裁定驳回申请"),
    "not_accept": N_("不予受理"),
}
