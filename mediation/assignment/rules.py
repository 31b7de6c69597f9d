"""How a wish for another mediator is dealt with, by track. Nothing here does I/O.

Source: 人民调解法 19, 22 (the parties choose, so a wish is enough); 特邀调解规定 15 (disclosed, and both agree in
writing: the mediator may go on); 深圳条例 (as on the people's track).
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Left(StrEnum):
    """Why an organisation that was asked along does not, or no longer, mediate."""

    OBJECTED = "objected"  # 当事人不同意
    ASIDE = "aside"  # 自行回避
    CALLED_OFF = "called-off"  # 牵头单位请它退出
    HANDED_ON = "handed-on"  # 事情移交了


class Plea(StrEnum):
    """Where a wish for another mediator stands; what is raised goes to one of the next two at once."""

    RAISED = "raised"  # 已提出
    AUTO_GRANTED = "auto_granted"  # 提出即更换
    REVIEW = "review"  # 待决定
    GRANTED = "granted"  # 同意更换
    REJECTED = "rejected"  # 不予更换
    WAIVED = "waived"  # 各方同意继续


class Kin(StrEnum):
    """What ties a mediator to somebody, as the mediator declares it (特邀调解规定 15; 若干规定 25)."""

    SPOUSE = "spouse"  # 配偶
    PARENT = "parent"  # 父母
    CHILD = "child"  # 子女
    SIBLING = "sibling"  # 兄弟姐妹
    GRAND = "grand"  # 祖孙
    OTHER_KIN = "other_kin"  # 其他亲属，包括表兄弟、堂姐妹
    COLLEAGUE = "colleague"  # 同事
    NEIGHBOUR = "neighbour"  # 邻居
    CREDITOR = "creditor"  # 债权债务
    PRIOR_AGENT = "prior_agent"  # 代理过他
    OTHER = "other"  # 其他


@dataclass(frozen=True, slots=True)
class Way:
    """What becomes of a wish at once, and whether all parties together may let the mediator go on."""

    first: Plea
    waivable: bool


WAYS: Final = MappingProxyType(
    {
        "people": Way(Plea.AUTO_GRANTED, waivable=False),
        "industry": Way(Plea.AUTO_GRANTED, waivable=False),
        "admin": Way(Plea.REVIEW, waivable=False),
        "court_pre": Way(Plea.REVIEW, waivable=True),
        "court_post": Way(Plea.REVIEW, waivable=True),
        "commercial": Way(Plea.REVIEW, waivable=True),
    }
)
"""By track."""

NEXT: Final = MappingProxyType(
    {
        Plea.RAISED: frozenset({Plea.AUTO_GRANTED, Plea.REVIEW}),
        Plea.REVIEW: frozenset({Plea.GRANTED, Plea.REJECTED, Plea.WAIVED}),
        Plea.AUTO_GRANTED: frozenset[Plea](),
        Plea.GRANTED: frozenset[Plea](),
        Plea.REJECTED: frozenset[Plea](),
        Plea.WAIVED: frozenset[Plea](),
    }
)
"""Where a wish may go from each place."""
