"""The kinds of rooms, who sits in them, and what may be said how often. Nothing here does I/O."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.rights import Right
from mediation.case.access import PHASES, Grade, Seat, Thing, can_read
from mediation.case.states import BEFORE_EFFECT, State


class RoomKind(StrEnum):
    """What a room is for."""

    INTAKE = "intake"  # 受理室
    JOINT = "joint"  # 联席室
    CAUCUS = "caucus"  # 背靠背室
    INTERNAL = "internal"  # 调解员室
    LIAISON = "liaison"  # 法院联络室


class Chair(StrEnum):
    """In which capacity somebody sits in a room."""

    PARTY = "party"  # 当事人
    MEDIATOR = "mediator"  # 调解员
    INTAKE = "intake"  # 受理员


class Voice(StrEnum):
    """For whom somebody speaks, as it stood when the words were sent."""

    APPLICANT = "A"  # 申请人
    RESPONDENT = "R"  # 被申请人
    THIRD = "T"  # 第三人
    MEDIATOR = "M"  # 调解员
    INTAKE = "I"  # 受理员


OF_PARTIES: Final = frozenset({Voice.APPLICANT, Voice.RESPONDENT, Voice.THIRD})
"""Voices whose words are looked at for threats of harm."""


class LineKind(StrEnum):
    """What a numbered line is."""

    TEXT = "text"  # somebody's words
    SYSTEM = "system"  # what happened, said by the platform
    RECALL = "recall"  # an earlier line was taken back
    PERMIT = "permit"  # a sentence that the mediator asks leave to tell the others, word for word
    ANSWER = "answer"  # what became of such a sentence
    COVER = "cover"  # an earlier line was covered by the mediator
    UNCOVER = "uncover"  # and can be read again
    EVIDENCE = "evidence"  # something was brought: its number and its code
    CARD = "card"  # something to be answered: a proposal, a fact, a consent, times for a meeting
    REPLY = "reply"  # what became of an earlier card
    VOICE = "voice"  # somebody's words, spoken: where the recording lies
    TONGUE = "tongue"  # an earlier line in another language, by an interpreter
    MUTE = "mute"  # somebody was asked to say nothing for a while
    UNMUTE = "unmute"  # and may speak again before that


OWN_WORDS: Final = (LineKind.TEXT, LineKind.VOICE)
"""What its author may take back, and a mediator may cover."""


class LineState(StrEnum):
    """Whether a line can still be read."""

    LIVE = "live"
    RECALLED = "recalled"
    COVERED = "covered"


class Cover(StrEnum):
    """Why a mediator covers a line."""

    PRIVATE = "private"  # 写了别人的隐私
    THIRD = "third"  # 说到了不相干的人
    INSULT = "insult"  # 骂人


class Quiet(StrEnum):
    """Why a mediator asks somebody to say nothing for a while; what they think is no reason (人民调解法 23, 24)."""

    ABUSE = "abuse"  # 骂人
    OVER = "over"  # 不让别人说完
    AGAIN = "again"  # 反复发同样的话
    HEATED = "heated"  # 太激动，先缓一缓


class Leave(StrEnum):
    """What became of a sentence that the mediator asked leave to tell."""

    ASKED = "asked"  # 等当事人答复
    GRANTED = "granted"  # 同意转告
    REFUSED = "refused"  # 不同意转告
    TOLD = "told"  # 已经转告


MOST: Final = 8000
"""Characters of one message."""

ALIKE: Final = 12
"""So many signs in a row that also stand in a one-sided talk make the sender think again."""

QUIET_MINUTES: Final = (5, 10, 20, 30)
"""For how long somebody may be asked to say nothing; never longer than the last."""

RECALL: Final = timedelta(minutes=2)
"""How long one's own words can be taken back."""

HERE: Final = timedelta(seconds=45)
"""How long somebody counts as present after the last sign of life."""

MAIL_GAP: Final = timedelta(minutes=30)
"""At most one mail about a room in this time, to one person."""

BURSTS: Final = ((20, 10), (100, 60))
"""Messages of one person in so many seconds (trust model, "Message pipeline")."""

TALKING: Final[frozenset[State]] = frozenset(BEFORE_EFFECT)
"""A case is talked over until its agreement binds or the talks end."""

OBJECTS: Final = MappingProxyType(
    {RoomKind.JOINT: Thing.JOINT, RoomKind.CAUCUS: Thing.CAUCUS, RoomKind.INTERNAL: Thing.INTERNAL}
)
"""As which object of the confidentiality matrix a room is read."""

SITS_AS: Final = MappingProxyType(
    {Chair.PARTY: Seat.APPLICANT, Chair.MEDIATOR: Seat.MEDIATOR, Chair.INTAKE: Seat.INTAKE}
)
"""In whose row of the matrix a member reads; the rows of both sides are alike here."""

READS: Final = MappingProxyType(
    {
        (RoomKind.INTAKE, Chair.PARTY): "FFF·",
        (RoomKind.INTAKE, Chair.INTAKE): "FF··",
        (RoomKind.INTAKE, Chair.MEDIATOR): "·FF·",
        (RoomKind.LIAISON, Chair.MEDIATOR): "·FF·",
    }
)
"""The two rooms of which the matrix does not speak: whether a member reads them, phase by phase."""

RIGHTS: Final = MappingProxyType({Chair.MEDIATOR: Right.CASE_MEDIATE, Chair.INTAKE: Right.CASE_INTAKE})
"""What an officer must still be allowed to do somewhere; a party must still be in the case."""

SCRIPTS: Final = MappingProxyType({"ARABIC": "ug", "TIBETAN": "bo", "MONGOLIAN": "mn", "HANGUL": "ko"})
"""In which language words in a script are read out here, where nobody says otherwise (BCP 47)."""

_CLIENT_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_client_id(text: str) -> bool:
    """Return whether ``text`` can be a sender's own name for a message.

    >>> is_client_id("3f0c-9"), is_client_id("")
    (True, False)
    """
    return bool(_CLIENT_ID.fullmatch(text))


def lang_of(text: str) -> str:
    """Return how a page names the language of words that are not Chinese, by the script of most of their letters.

    >>> lang_of("سالام"), lang_of("你好 OK")
    ('ug', '')
    """
    scripts = [unicodedata.name(sign, "").split(" ")[0] for sign in text if sign.isalpha()]
    most = max(set(scripts), key=scripts.count, default="")
    return SCRIPTS.get(most, "")


def repeats(text: str, others: Iterable[str], *, signs: int = ALIKE) -> bool:
    """Return whether ``text`` has so many ``signs`` in a row that stand in one of the ``others``; spaces do not count.

    >>> repeats("他说最低 2000 元就可以接受。", ["我想，最低2000元就可以接受了"]), repeats("好的", ["好的"])
    (True, False)
    """
    said = "".join(text.split())
    runs = {said[at : at + signs] for at in range(len(said) - signs + 1)}
    return bool(runs) and any(_holds(runs, "".join(other.split()), signs) for other in others)


def _holds(runs: Collection[str], text: str, signs: int) -> bool:
    return any(text[at : at + signs] in runs for at in range(len(text) - signs + 1))


def readable(kind: RoomKind, chair: Chair, state: State) -> bool:
    """Return whether somebody in ``chair`` reads a room of ``kind`` while the case stands at ``state``."""
    phase = PHASES[state]
    if kind in OBJECTS:
        return can_read(SITS_AS[chair], OBJECTS[kind], phase) in (Grade.WHOLE, Grade.SIDE)
    return READS.get((kind, chair), "····")[phase] == "F"


def minutes_left(until: datetime, at: datetime) -> int:
    """Return how many minutes are left before ``until``, a begun one counting whole.

    >>> minutes_left(datetime(2026, 5, 4, 12, 10), datetime(2026, 5, 4, 12, 0, 1))
    10
    """
    return -((at - until) // timedelta(minutes=1))


def recallable(sent_at: datetime, at: datetime) -> bool:
    """Return whether words sent at ``sent_at`` can still be taken back at ``at``."""
    return at - sent_at <= RECALL
