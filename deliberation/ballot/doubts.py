"""Why an outcome cannot be known: every sentence a fail-closed count may answer with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    """A reason for 无法判定; the sentence is the message id, ``{n}`` and ``{which}`` are its facts."""

    EMPTY_ROLL = "名册是空的，没有人可以表决。请先核对名册。"
    NO_AREA = "有 {n} 处专有部分没有面积：{which}。请补登记面积、实测面积或合同面积。"
    WRONG_ROLL = "名册的口径与规则不一致：规则要的是 {which}。请换名册或换规则。"
    STRANGER = "有 {n} 张票或送达记录的人不在名册上：{which}。请核对名册。"
    HELD = "同一户的共有人投了不同的票，共 {n} 户：{which}。请共有人商定一票；商定不了的，由计票人记为无效票。"
    OUTWEIGHS = "票数超过了名册或到场人数，请重新清点。"
    NO_MAJORITY_TO_JOIN = "已表态的户数多数与面积多数不一致，或者没有多数，未表态的票无法计入多数意见。请由人决定。"
    UNDATED = "规则没有施行日期，不能用来判定。"
    NOT_IN_FORCE = "表决日规则尚未施行或已经失效，请换用当日有效的规则。"
    CONTRADICTORY = "规则自相矛盾：{which}"
    NO_SEED = "规则写明抽签，但没有公布抽签的随机种子。"
    NO_WOMAN = "当选名单里没有妇女成员，请按选举办法处理。"
    KIN = "当选名单里有近亲属：{which}。请按选举办法处理。"
    TWO_OFFICES = "同一人在两个职务上当选：{which}。请按选举办法处理。"
    UNDECLARED = "有 {n} 位候选人还没有申报是不是妇女、有没有近亲属一起参选：{which}。请先补上申报。"
    TOO_MANY_PAPERS = "收回的选票多于发出的选票，本次选举无效。"


SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason, and the heads, units or people it concerns."""

    reason: Reason
    which: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, object]:
        """Return what the sentence needs: how many, and the first few by name."""
        more = "……" if len(self.which) > SHOWN else ""
        return {"n": len(self.which), "which": "、".join(self.which[:SHOWN]) + more}

    def __str__(self) -> str:
        return self.reason.value.format(**self.facts)
