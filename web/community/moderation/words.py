"""The words of this room: reasons with their clauses, states, sources."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from community.moderation.rules import Reason, Source, State, Verdict
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Reason.ILLEGAL: N_("M1 违法信息"),
    Reason.ABUSE: N_("M2 辱骂攻击"),
    Reason.PRIVACY: N_("M3 泄露他人隐私"),
    Reason.SPAM: N_("M4 广告刷屏"),
    Reason.OFF_TOPIC: N_("M5 与主题无关"),
    Reason.FALSE: N_("M6 不实信息"),
    Reason.IMPERSONATION: N_("M7 冒名"),
    Reason.MINORS: N_("M8 涉未成年人"),
    Reason.AUTHORITY: N_("M9 有权机关要求"),
    Source.REPORT: N_("有人举报"),
    Source.OWN: N_("主动发现"),
    Source.AUTHORITY: N_("有权机关要求"),
    State.ASKED: N_("等第二人同意"),
    State.URGENT: N_("先收起，等第二人同意"),
    State.STANDING: N_("收起"),
    State.APPEALED: N_("申诉中"),
    State.UPHELD: N_("申诉后维持"),
    State.REFUSED: N_("第二人不同意，没有收起"),
    State.LAPSED: N_("没人及时同意，自动恢复"),
    State.REVERSED: N_("申诉成立，已恢复"),
    State.EXPIRED: N_("没按时答复，自动恢复"),
    Verdict.KEEP: N_("留着"),
    Verdict.MOVE: N_("移到别处"),
    Verdict.HIDE: N_("收起"),
}

CLAUSES: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.ILLEGAL: N_("法律明文禁止发布的内容。"),
        Reason.ABUSE: N_("骂人、威胁。批评和不满不算。"),
        Reason.PRIVACY: N_("写了别人的姓名加门牌、电话、证件号。"),
        Reason.SPAM: N_("做广告，或反复发同样的话。"),
        Reason.OFF_TOPIC: N_("只能移到别处，不能收起。"),
        Reason.FALSE: N_("事实错了，而且有更正文件可查。意见不算。"),
        Reason.IMPERSONATION: N_("冒充别人或单位说话。"),
        Reason.MINORS: N_("会伤害未成年人，或暴露他们是谁。"),
        Reason.AUTHORITY: N_("有权机关书面要求，要写文号。"),
    }
)

KINDS: Final[Mapping[str, str]] = MappingProxyType({"comment": N_("留言"), "matter": N_("议题")})


def kind_of(subject: str) -> str:
    """Return the word for what a subject is, as a message id."""
    return KINDS.get(subject.rpartition("-")[0], N_("内容"))
