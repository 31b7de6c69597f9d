"""The states of a letter, the ways in which it goes, and what shows that it arrived. Nothing here does I/O."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.errors import Unfit


class LetterKind(StrEnum):
    """What a letter is for."""

    INVITATION = "invitation"  # 请来调解
    CONSENT = "consent"  # 问同意不同意
    HEARING = "hearing"  # 约见面
    NOTICE = "notice"  # 告知


class LetterState(StrEnum):
    """Where a letter is."""

    WAITS = "waits"  # 等打印
    PRINTED = "printed"  # 已打印，等寄
    SENT = "sent"  # 已寄出
    RECEIVED = "received"  # 已收到
    RETURNED = "returned"  # 退回了
    DROPPED = "dropped"  # 不用寄了


class How(StrEnum):
    """How a letter goes."""

    POST = "post"  # 平信
    REGISTERED = "registered"  # 挂号信
    DOOR = "door"  # 贴在门上
    HANDED = "handed"  # 当面交
    CALLED = "called"  # 打安全电话告诉


class Deed(StrEnum):
    """What is done with a letter."""

    PRINT = "print"
    SEND = "send"
    HAND = "hand"
    ARRIVE = "arrive"
    RETURN = "return"
    DROP = "drop"


class Proof(StrEnum):
    """What stands on the card of a visit."""

    INK = "ink"  # 本人签字
    FINGER = "finger"  # 本人按手印，有见证人
    LEFT = "left"  # 本人不签，见证人签字，信留下


class Back(StrEnum):
    """Why a letter came back."""

    MOVED = "moved"  # 搬走了
    ABSENT = "absent"  # 没有人
    REFUSED = "refused"  # 拒收
    WRONG = "wrong"  # 地址不对


STEPS: Final[Mapping[Deed, tuple[frozenset[LetterState], LetterState]]] = MappingProxyType(
    {
        Deed.PRINT: (frozenset({LetterState.WAITS, LetterState.PRINTED}), LetterState.PRINTED),
        Deed.SEND: (frozenset({LetterState.PRINTED}), LetterState.SENT),
        Deed.HAND: (frozenset({LetterState.WAITS, LetterState.PRINTED}), LetterState.RECEIVED),
        Deed.ARRIVE: (frozenset({LetterState.SENT}), LetterState.RECEIVED),
        Deed.RETURN: (frozenset({LetterState.SENT}), LetterState.RETURNED),
        Deed.DROP: (frozenset({LetterState.WAITS, LetterState.PRINTED}), LetterState.DROPPED),
    }
)
"""From which states each deed leads where."""

OPEN: Final = (LetterState.WAITS, LetterState.PRINTED)
"""Somebody of the office still has to do something."""

BY_HAND: Final = frozenset({How.HANDED, How.CALLED})
"""Ways in which it has arrived when it is told; who is afraid is reached in no other."""

UNSENT: Final = (LetterState.WAITS, LetterState.PRINTED, LetterState.DROPPED)
"""A letter that never went out is no attempt to reach anybody."""

CONSENTS: Final = frozenset({"case.handover-asked", "case.extension-asked"})
"""Events that ask for a yes or a no."""

TRACKING: Final = re.compile(r"[0-9A-Z]{8,20}")
NAME_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Going:
    """How a letter goes: ``tracking`` of a registered one, or what the card of the visit shows, in whose hand."""

    how: How
    tracking: str = ""
    proof: Proof | None = None
    name: str = ""
    witness: str = ""


def allows(state: LetterState, deed: Deed) -> bool:
    """Return whether a deed can be done with a letter that stands there.

    >>> allows(LetterState.SENT, Deed.SEND), allows(LetterState.SENT, Deed.RETURN)
    (False, True)
    """
    return state in STEPS[deed][0]


def kind_of(event: str) -> LetterKind:
    """Return what a letter about an event is for, from the kind of the event."""
    if event.startswith("appointment."):
        return LetterKind.HEARING
    return LetterKind.CONSENT if event in CONSENTS else LetterKind.NOTICE


def check(going: Going, *, called: str, shy: bool) -> Going:
    """Return ``going`` tidied, or say what is wrong with it.

    Args:
        going: how it goes.
        called: the party's name, as which they sign.
        shy: the party fears the other side; nothing may lie in a letter box at home.

    Raises:
        Unfit: a number, a signature or a witness is missing, or this way is not safe.
    """
    if shy and going.how not in BY_HAND:
        raise Unfit("对方可能看到这封信。不能寄，也不能贴；请照约好的安全办法打电话，或者当面交。", field="how")
    if going.how is How.REGISTERED:
        return Going(going.how, tracking=_tracking(going.tracking))
    return _card(going, called) if going.how is How.HANDED else Going(going.how)


def _tracking(text: str) -> str:
    tidy = "".join(text.split()).upper()
    if not TRACKING.fullmatch(tidy):
        raise Unfit("请抄挂号信的单号，8 到 20 位数字和字母。", field="tracking")
    return tidy


def _card(going: Going, called: str) -> Going:
    """Return the card of a visit with its names tidied: a mark without ink wants somebody who saw it."""
    name, witness = "".join(going.name.split())[:NAME_MOST], "".join(going.witness.split())[:NAME_MOST]
    if going.proof is None:
        raise Unfit("请选上门卡上是谁的签名。", field="proof")
    if going.proof is not Proof.LEFT and name != "".join(called.split()):
        raise Unfit("请写收信人的姓名，和案件里的一样。", field="name")
    if going.proof is not Proof.INK and witness in {"", name, "".join(called.split())}:
        raise Unfit("没有本人的字迹，请写在场见证人的姓名；见证人不能是收信人。", field="witness")
    return Going(going.how, proof=going.proof, name=name, witness=witness)
