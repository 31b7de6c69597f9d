"""Which papers bear a number of their own, from which series, and at which places of a case each may be made.

Source: 司发通〔2010〕239号; 人民调解法 17, 26 (ending), 31 (urging); 人民调解委员会组织条例 (series by body and year).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mediation.case.access import Grade, Seat, Thing, letter
from mediation.case.numbers import Kind
from mediation.case.states import State

WRITERS: Final = frozenset({Seat.INTAKE, Seat.DIRECTOR, Seat.MEDIATOR})
"""Who makes notices, where they read who the parties are."""
OFFICES: Final = WRITERS | {Seat.CO, Seat.ARCHIVIST}
"""Who comes to the papers of a case, where they do."""
MOST: Final = 1000
"""Characters of what is written into a notice."""
REASON: Final = 200
"""Characters of why a number is void."""


class Made(StrEnum):
    """What a number stands on."""

    CASE = "case"  # 受理登记
    DOSSIER = "dossier"  # 卷宗
    LETTER = "letter"  # 移送函
    ACCEPTED = "accepted"  # 受理通知书
    DECLINED = "declined"  # 不予受理告知书
    REDIRECTED = "redirected"  # 引导告知书
    INVITED = "invited"  # 邀请函
    RECUSED = "recused"  # 回避决定书
    SUSPENDED = "suspended"  # 中止调解通知书
    EXTENDED = "extended"  # 延期调解通知书
    TERMINATED = "terminated"  # 终止调解通知书
    URGED = "urged"  # 督促履行通知书
    CORRECTED = "corrected"  # 补正书


@dataclass(frozen=True, slots=True)
class Notice:
    """A paper that the office writes and numbers: its title, its series, when, what stands on it, who signs.

    ``lines`` are Chinese sentences with ``{parties}``, ``{org}``, ``{case}``; ``asked`` says what is written by hand.
    """

    title: str
    kind: Kind
    states: frozenset[State]
    lines: tuple[str, ...]
    asked: str


_TALKS: Final = frozenset({State.ASSIGNING, State.MEDIATING, State.SUSPENDED, State.DRAFTING, State.SIGNING})
_OWED: Final = frozenset({State.PERFORMING, State.BREACHED})
_FREE: Final = "调解不收取任何费用，全凭自愿。您可以随时向人民法院起诉。"

NOTICES: Final[Mapping[Made, Notice]] = {
    Made.ACCEPTED: Notice(
        "受理通知书",
        Kind.ACCEPTED,
        _TALKS,
        ("{parties}：", "你们之间的纠纷（{case}），{org}已经受理。", _FREE),
        "第一次见面的时间、地点",
    ),
    Made.DECLINED: Notice(
        "不予受理告知书",
        Kind.DECLINED,
        frozenset({State.DECLINED}),
        ("{parties}：", "你们申请调解的纠纷，{org}不予受理。您还可以申请其他途径解决，也可以向人民法院起诉。"),
        "不予受理的理由和可以去的地方",
    ),
    Made.REDIRECTED: Notice(
        "引导告知书",
        Kind.DECLINED,
        frozenset({State.REDIRECTED}),
        ("{parties}：", "你们申请调解的纠纷，适合由别的单位办理，{org}把去处写在下面。"),
        "去哪里、找谁、带什么",
    ),
    Made.INVITED: Notice(
        "调解邀请函",
        Kind.INVITED,
        frozenset({State.INVITING}),
        ("{parties}：", "有一件事，想请你们一起来谈一谈，由{org}的调解员主持。", _FREE),
        "时间、地点和联系方式",
    ),
    Made.RECUSED: Notice(
        "回避决定书",
        Kind.RECUSED,
        _TALKS,
        ("{parties}：", "关于调解员回避（更换）的请求，{org}决定如下。"),
        "决定和理由",
    ),
    Made.SUSPENDED: Notice(
        "中止调解通知书",
        Kind.SUSPENDED,
        frozenset({State.SUSPENDED}),
        ("{parties}：", "你们之间的纠纷（{case}），调解暂时中止。原因消除以后接着谈。"),
        "中止的原因和从哪天起",
    ),
    Made.EXTENDED: Notice(
        "延期调解通知书",
        Kind.EXTENDED,
        _TALKS,
        ("{parties}：", "你们之间的纠纷（{case}），经各方同意，调解期限延长。"),
        "延长到哪一天，各方怎样同意的",
    ),
    Made.TERMINATED: Notice(
        "终止调解通知书",
        Kind.TERMINATED,
        frozenset({State.TERMINATED, State.CLOSED}),
        ("{parties}：", "你们之间的纠纷（{case}），调解终止。", "您可以依法申请仲裁、行政处理，或者向人民法院起诉。"),
        "终止的原因",
    ),
    Made.URGED: Notice(
        "督促履行通知书",
        Kind.URGED,
        _OWED,
        ("{parties}：", "你们达成的调解协议（{case}）已经生效，请按约定履行。"),
        "还有哪一项没有履行，请在哪天以前履行",
    ),
}
"""The notices an office makes by itself. What comes of a deed (a case, a dossier, a handover) is numbered by it."""

MENDING: Final = Notice(
    "补正书",
    Kind.CORRECTED,
    frozenset(State),
    ("{parties}：", "{org}出具的《{title}》（{mends}）有笔误，补正如下。原文书的其他内容不变，两份一起使用。"),
    "原来怎样写的，现在改成什么",
)

AT_REST: Final = frozenset(
    {State.CLOSED, State.TERMINATED, State.DECLINED, State.REDIRECTED, State.MERGED, State.ARCHIVED}
)
"""Where the number of a case may be voided: nothing of it is under way any more."""


def makes_papers(seats: frozenset[Seat], state: State) -> bool:
    """Return whether these seats come to the papers of a case: an office that reads who the parties are."""
    return bool(seats & OFFICES) and letter(seats & OFFICES, Thing.NAMES, state) is Grade.WHOLE
