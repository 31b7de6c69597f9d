"""The words of this room: reasons with their clauses, measures, states, sources."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from community.moderation.clauses import CLAUSES, LETTERS
from community.moderation.rules import Measure, Reason, Source, Verdict
from community.moderation.states import State
from web.words import N_

__all__ = ["CLAUSES", "LETTERS", "WORDS", "kind_of", "label_of"]

_WORDS: Final[Mapping[Enum, str]] = {
    Reason.ILLEGAL: N_("M1 违法信息"),
    Reason.ABUSE: N_("M2 辱骂攻击"),
    Reason.PRIVACY: N_("M3 泄露他人隐私"),
    Reason.SPAM: N_("M4 广告刷屏"),
    Reason.OFF_TOPIC: N_("M5 与主题无关"),
    Reason.FALSE: N_("M6 不实信息"),
    Reason.IMPERSONATION: N_("M7 冒名"),
    Reason.MINORS: N_("M8 涉未成年人"),
    Reason.AUTHORITY: N_("M9 有权机关要求"),
    Reason.GROUNDLESS: N_("R1 反复无据举报"),
    Source.REPORT: N_("有人举报"),
    Source.OWN: N_("主动发现"),
    Source.AUTHORITY: N_("有权机关要求"),
    State.ASKED: N_("等第二人同意"),
    State.URGENT: N_("先处理了，等第二人同意"),
    State.STANDING: N_("已处理"),
    State.APPEALED: N_("申诉中"),
    State.UPHELD: N_("申诉后维持"),
    State.ESCALATED: N_("再次申诉中"),
    State.FINAL: N_("再次申诉后维持"),
    State.REFUSED: N_("第二人不同意，没有处理"),
    State.LAPSED: N_("没人及时同意，自动恢复"),
    State.UNDONE: N_("经办人十分钟内撤销"),
    State.REVERSED: N_("申诉成立，已恢复"),
    State.EXPIRED: N_("没按时答复，自动恢复"),
    State.SERVED: N_("最长期限到了，自动恢复"),
    Verdict.KEEP: N_("留着"),
    Verdict.MASK: N_("打码后留着"),
    Verdict.MOVE: N_("移到别处"),
    Verdict.HIDE: N_("收起"),
}

_MEASURES: Final[Mapping[Enum, str]] = {
    Measure.HIDE: N_("收起"),
    Measure.MASK: N_("打码后留着"),
    Measure.MOVE: N_("移到别处"),
    Measure.LIMIT: N_("限制举报次数"),
}
WORDS: Final = (_WORDS, _MEASURES)
"""Apart, because members of two enums with the same value are one key."""

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "comment": N_("留言"),
        "matter": N_("议题"),
        "reporter": N_("举报"),
        "objection": N_("对公示的异议"),
        "seat": N_("评议里的话"),
        "slot": N_("一方的意见"),
        "declaration": N_("利益关系申报"),
        "call": N_("单位的答复"),
        "amendment": N_("修改建议"),
        "opinion": N_("登记的意见"),
    }
)


def label_of(member: Enum) -> str:
    """Return the word for a reason, measure, state or source, as a message id."""
    return (_MEASURES if isinstance(member, Measure) else _WORDS)[member]


def kind_of(subject: str) -> str:
    """Return the word for what a subject is, as a message id."""
    return KINDS.get(subject.rpartition("-")[0], N_("内容"))
