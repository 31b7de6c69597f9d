"""What a court takes for confirmation, which court, why it may say no, and what then. Nothing here does I/O.

Source: 民事诉讼法 205, 206, 250; 民诉法解释 352–358, 372.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.agreement.rules import ClauseKind
from mediation.case.models import Track
from mediation.confirmation.rules import Course


class Bar(StrEnum):
    """Why a court would not take an agreement, known before anybody applies."""

    NOT_BINDING = "not_binding"  # 还没有生效的协议
    ORAL = "oral"  # 口头协议
    STATUS = "status"  # 人身关系
    TITLE = "title"  # 确认权属
    IN_TRIAL = "in_trial"  # 委托调解，由审理的法院制作调解书


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the bars look at: whether it binds, whether it was oral, the kinds of its clauses, the track."""

    binds: bool
    oral: bool = False
    kinds: Collection[ClauseKind] = ()
    track: Track = Track.PEOPLE


def bars(look: Look) -> tuple[Bar, ...]:
    """Return every reason why a court would not take it; nothing when it is fit.

    >>> bars(Look(binds=True, kinds=[ClauseKind.PAY, ClauseKind.TITLE]))
    (<Bar.TITLE: 'title'>,)
    """
    found = {
        Bar.NOT_BINDING: not look.binds,
        Bar.ORAL: look.oral,
        Bar.STATUS: ClauseKind.STATUS in look.kinds,
        Bar.TITLE: ClauseKind.TITLE in look.kinds,
        Bar.IN_TRIAL: look.track is Track.COURT_POST,
    }
    return tuple(bar for bar, holds in found.items() if holds)


class Nexus(StrEnum):
    """Why a court is the right one (民事诉讼法 205; 民诉法解释 352)."""

    INVITED = "invited"  # 委派调解的法院
    BODY = "body"  # 调解组织所在地
    JOINT = "joint"  # 联合调解的另一组织所在地
    SUBJECT = "subject"  # 标的物所在地
    DOMICILE = "domicile"  # 当事人住所地
    HIGHER = "higher"  # 依法由中级法院管


STATED: Final = (Nexus.SUBJECT, Nexus.DOMICILE, Nexus.HIGHER)
"""Links that a person states; the others follow from the register."""


class Denial(StrEnum):
    """On which ground a court did not accept or dismissed an application."""

    OUTSIDE = "outside"  # 不属于受理民事案件的范围
    WRONG_COURT = "wrong_court"  # 不归本院管辖
    STATUS = "status"  # 婚姻、亲子、收养关系
    SPECIAL = "special"  # 特别、公示催告、破产程序
    TITLE = "title"  # 物权、知识产权确权
    UNLAWFUL = "unlawful"  # 违反强制性规定
    HARMFUL = "harmful"  # 损害国家、公共、他人利益
    IMMORAL = "immoral"  # 违背公序良俗
    FORCED = "forced"  # 违反自愿原则
    UNCLEAR = "unclear"  # 内容不明确
    OTHER = "other"  # 其他


NOT_ACCEPTED: Final = (
    Denial.OUTSIDE,
    Denial.WRONG_COURT,
    Denial.STATUS,
    Denial.SPECIAL,
    Denial.TITLE,
    Denial.OTHER,
)
"""民诉法解释 355."""
DISMISSED: Final = (
    Denial.UNLAWFUL,
    Denial.HARMFUL,
    Denial.IMMORAL,
    Denial.FORCED,
    Denial.UNCLEAR,
    Denial.OTHER,
)
"""民诉法解释 358."""


class Way(StrEnum):
    """What is open after the court has answered, or after nobody asked it in time."""

    ENFORCE = "enforce"  # 申请强制执行
    OBJECT = "object"  # 十五日内提异议
    AMEND = "amend"  # 变更协议，再申请
    AGAIN = "again"  # 三十日内再申请，或者换法院
    REMEDIATE = "remediate"  # 重新调解
    SUE = "sue"  # 起诉


WAYS: Final = MappingProxyType(
    {
        Course.CONFIRMED: (Way.ENFORCE, Way.OBJECT),
        Course.DISMISSED: (Way.AMEND, Way.REMEDIATE, Way.SUE),
        Course.NOT_ACCEPTED: (Way.AGAIN, Way.AMEND, Way.REMEDIATE, Way.SUE),
        Course.WITHDRAWN: (Way.AGAIN, Way.SUE),
        Course.LAPSED: (Way.SUE,),
    }
)
"""By where an application ended (民事诉讼法 206: 裁定有效的可以申请执行；驳回的可以变更、重新调解或者起诉)."""


class Item(StrEnum):
    """What the court asks to see (民诉法解释 354)."""

    APPLICATION = "application"  # 申请书
    AGREEMENT = "agreement"  # 调解协议
    CERTIFICATE = "certificate"  # 调解组织主持调解的证明
    IDENTITY = "identity"  # 身份、住所、联系办法
    MANDATE = "mandate"  # 授权委托书
    PROPERTY = "property"  # 财产权利证明


BROUGHT: Final = frozenset({Item.MANDATE, Item.PROPERTY})
"""What the parties bring themselves; everything else is written here."""
_PROPERTY: Final = frozenset({ClauseKind.DELIVER, ClauseKind.TITLE})


def checklist(kinds: Iterable[ClauseKind], *, agents: bool) -> tuple[Item, ...]:
    """Return what the court will want: a mandate where an agent applied, proof of title where things change hands."""
    needed = {Item.MANDATE: agents, Item.PROPERTY: bool(_PROPERTY & set(kinds))}
    return tuple(item for item in Item if needed.get(item, True))
