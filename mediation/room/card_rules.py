"""Cards in a room, as tables: what each kind asks, who may put it there, and when it is settled. Nothing here does I/O.

A proposal is no evidence and never leaves the room (特邀调解规定 22); a fact counts only as each party's own yes.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case.access import Thing
from mediation.room.rules import RoomKind, Voice


class CardKind(StrEnum):
    """What a card asks."""

    SCHEDULE = "schedule"  # 约时间
    PROPOSAL = "proposal"  # 方案
    FACT = "fact"  # 事实确认
    CONSENT = "consent"  # 征求同意


class CardState(StrEnum):
    """What became of a card."""

    OPEN = "open"  # 等答复
    AGREED = "agreed"  # 都同意
    DECLINED = "declined"  # 有人不同意
    WITHDRAWN = "withdrawn"  # 收回了
    EXPIRED = "expired"  # 过了时间


class Reply(StrEnum):
    """What somebody did with a card."""

    YES = "yes"
    NO = "no"
    COUNTER = "counter"  # 另提方案
    WITHDRAWN = "back"
    FIXED = "fixed"  # 时间定了
    MOVED = "moved"  # 时间要改
    CALLED_OFF = "off"  # 见面取消了
    EXPIRED = "late"  # 过了时间，没谈成
    BOTH = "both"  # 分开问的，各方都接受了


class ConsentAct(StrEnum):
    """What a party may be asked to agree to."""

    MEDIATE = "mediate"  # 接着调解
    OPEN = "open_talk"  # 公开进行
    RECORD = "record_av"  # 录音录像


ANSWERS: Final[Mapping[CardKind, tuple[Reply, ...]]] = MappingProxyType(
    {
        CardKind.SCHEDULE: (),
        CardKind.PROPOSAL: (Reply.YES, Reply.NO, Reply.COUNTER),
        CardKind.FACT: (Reply.YES, Reply.NO),
        CardKind.CONSENT: (Reply.YES, Reply.NO),
    }
)
"""How a card is answered in the room; a schedule is answered as the appointment it shows."""

WRITERS: Final[Mapping[CardKind, frozenset[Voice]]] = MappingProxyType(
    {
        CardKind.SCHEDULE: frozenset({Voice.MEDIATOR}),
        CardKind.PROPOSAL: frozenset({Voice.MEDIATOR, Voice.APPLICANT, Voice.RESPONDENT, Voice.THIRD}),
        CardKind.FACT: frozenset({Voice.MEDIATOR}),
        CardKind.CONSENT: frozenset({Voice.MEDIATOR}),
    }
)
"""Who puts a card there."""

LAID_IN: Final = (RoomKind.JOINT, RoomKind.CAUCUS)
"""Rooms with parties in them."""

READ_AS: Final[Mapping[CardKind, Thing]] = MappingProxyType({CardKind.PROPOSAL: Thing.PROPOSAL})
"""As which object of the matrix a card is read, besides as a line of its room."""

STANDING: Final[frozenset[CardState]] = frozenset({CardState.OPEN, CardState.DECLINED})
"""States in which a card can still be answered, and the answer changed: one no does not silence the others."""

ANSWERED_IN: Final[Mapping[CardKind, frozenset[CardState]]] = MappingProxyType(
    {
        CardKind.SCHEDULE: frozenset(),
        CardKind.PROPOSAL: STANDING,
        CardKind.FACT: STANDING,
        CardKind.CONSENT: STANDING | {CardState.AGREED},
    }
)
"""Where each kind is answered. A consent can be taken back even when everybody gave it (人民调解法 3(一), 23)."""

HOLDS: Final = (1, 3, 7, 14)
"""For how many days a proposal may stand."""

MOST_TEXT: Final = 1000
MOST_WORDS: Final = 500
MOST_FEN: Final = 100_000_000_00
MOST_DAYS: Final = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a card says. ``fen`` is due from ``payer`` to ``payee`` (signs of parties) ``days`` after the agreement.

    A proposal stands for ``holds`` days, or until it is taken back. ``times`` are the instants on offer (ISO), by
    their numbers from 1.
    """

    text: str
    fen: int | None = None
    payer: str = ""
    payee: str = ""
    days: int | None = None
    act: str = ""
    times: tuple[str, ...] = ()
    holds: int | None = None


def settled(kind: CardKind, asked: Collection[int], said: Mapping[int, Reply]) -> CardState:
    """Return where a card stands when those ``asked`` have ``said`` what they have.

    >>> settled(CardKind.FACT, {1, 2}, {1: Reply.YES}), settled(CardKind.FACT, {1, 2}, {1: Reply.YES, 2: Reply.YES})
    (<CardState.OPEN: 'open'>, <CardState.AGREED: 'agreed'>)
    """
    given = [said[each] for each in asked if each in said and said[each] in ANSWERS[kind]]
    if any(each is not Reply.YES for each in given):
        return CardState.DECLINED
    return CardState.AGREED if asked and len(given) == len(asked) else CardState.OPEN


def answered(kind: CardKind, state: CardState, expires_at: datetime | None, at: datetime) -> bool:
    """Return whether a card takes answers, and other ones, at ``at``."""
    return state in ANSWERED_IN[kind] and (expires_at is None or at < expires_at)


def wrong(kind: CardKind, terms: Terms, signs: Iterable[str]) -> str:
    """Return the name of the part of a card that is not fit, or nothing; ``signs`` are the parties of the case."""
    if not 0 < len(terms.text) <= MOST_TEXT:
        return "text"
    if terms.holds is not None and (kind is not CardKind.PROPOSAL or terms.holds not in HOLDS):
        return "holds"
    if kind is not CardKind.PROPOSAL or terms.fen is None:
        return ""
    known = set(signs)
    checks = {
        "amount": 0 < terms.fen <= MOST_FEN,
        "payer": terms.payer in known,
        "payee": terms.payee in known and terms.payee != terms.payer,
        "days": terms.days is not None and 0 < terms.days <= MOST_DAYS,
    }
    return next((name for name, holds in checks.items() if not holds), "")


def packed(terms: Terms) -> str:
    """Return what a card says as it is locked."""
    return json.dumps(asdict(terms), ensure_ascii=False, sort_keys=True)


def unpacked(text: str) -> Terms:
    """Return what a card says."""
    told = json.loads(text)
    return Terms(**{**told, "times": tuple(told["times"])})


def said_as(reply: Reply, words: str = "") -> str:
    """Return a reply as it is locked."""
    return json.dumps({"reply": reply.value, "words": words}, ensure_ascii=False)


def reply_of(text: str) -> tuple[Reply, str]:
    """Return a reply and the words with it.

    >>> reply_of(said_as(Reply.NO, "不是我家的水"))
    (<Reply.NO: 'no'>, '不是我家的水')
    """
    told = json.loads(text)
    return Reply(told["reply"]), str(told["words"])
