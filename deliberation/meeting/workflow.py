"""The road of a meeting as one table, read by guards, buttons and tests alike."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from community.errors import MovedOn

MOVED_ON: Final = "这次会议已经往前走了一步，请刷新后再看。"


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"  # 筹备中
    CALLED = "called"  # 已通知
    OPEN = "open"  # 正在开
    CLOSED = "closed"  # 已散会
    MINUTED = "minuted"  # 记录已公布
    CANCELLED = "cancelled"  # 已取消


class Deed(StrEnum):
    """What moves a meeting, or is done to it where it stands."""

    ARRANGE = "arrange"
    CALL = "call"
    AMEND = "amend"
    ANSWER = "answer"
    CANCEL = "cancel"
    OPEN = "open"
    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"
    TURN_TO = "turn_to"
    ASK = "ask"
    FLOOR = "floor"
    POLL = "poll"
    VOTE = "vote"
    COUNT = "count"
    CLOSE = "close"
    WRITE = "write"
    SIGN = "sign"
    PUBLISH = "publish"


class Actor(StrEnum):
    """Who acts."""

    HOST = "host"
    RECORDER = "recorder"
    INVITED = "invited"


@dataclass(frozen=True, slots=True)
class Row:
    """One deed: what it is called, where it is possible, where it leads (None: nowhere else), who, what must hold."""

    deed: Deed
    label: str
    sources: tuple[MeetingState, ...]
    target: MeetingState | None
    actors: tuple[Actor, ...]
    guards: tuple[str, ...] = ()


_A, _S, _D = Actor, MeetingState, Deed

# fmt: off
ROWS: Final[tuple[Row, ...]] = (
    Row(_D.ARRANGE,   "改安排",   (_S.PLANNED,), None, (_A.HOST,)),
    Row(_D.CALL,      "发通知",   (_S.PLANNED,), _S.CALLED, (_A.HOST,),
        ("agenda_set", "somebody_invited", "notice_long_enough")),
    Row(_D.AMEND,     "改时间、地点或议程", (_S.CALLED,), None, (_A.HOST,), ("reason_given", "notice_long_enough")),
    Row(_D.ANSWER,    "答复来不来", (_S.CALLED,), None, (_A.INVITED,), ("proxy_allowed",)),
    Row(_D.CANCEL,    "取消",     (_S.PLANNED, _S.CALLED), _S.CANCELLED, (_A.HOST,), ("reason_given",)),
    Row(_D.OPEN,      "开会",     (_S.CALLED,), _S.OPEN, (_A.HOST,), ("on_the_day",)),
    Row(_D.CHECK_IN,  "签到",     (_S.CALLED, _S.OPEN), None, (_A.RECORDER,), ("on_the_day", "once")),
    Row(_D.CHECK_OUT, "离场",     (_S.CALLED, _S.OPEN), None, (_A.RECORDER,), ("is_here",)),
    Row(_D.TURN_TO,   "进行到一项", (_S.OPEN,), None, (_A.HOST,)),
    Row(_D.ASK,       "要求发言", (_S.OPEN,), None, (_A.INVITED, _A.RECORDER), ("is_here", "not_waiting")),
    Row(_D.FLOOR,     "安排发言", (_S.OPEN,), None, (_A.HOST,)),
    Row(_D.POLL,      "举手表决", (_S.OPEN,), None, (_A.HOST,), ("nothing_else_asked", "announced_if_binding")),
    Row(_D.VOTE,      "按手机表态", (_S.OPEN,), None, (_A.INVITED, _A.RECORDER), ("is_here", "has_a_voice")),
    Row(_D.COUNT,     "数手、结束表决", (_S.OPEN,), None, (_A.RECORDER,), ("not_more_than_present",)),
    Row(_D.CLOSE,     "散会",     (_S.OPEN,), _S.CLOSED, (_A.HOST,), ("nothing_asked",)),
    Row(_D.WRITE,     "写记录",   (_S.CLOSED,), None, (_A.RECORDER,)),
    Row(_D.SIGN,      "签记录",   (_S.CLOSED,), None, (_A.HOST, _A.RECORDER, _A.INVITED), ("proven", "newest_words")),
    Row(_D.PUBLISH,   "公布记录", (_S.CLOSED,), _S.MINUTED, (_A.RECORDER,), ("signed_by_all",)),
)
# fmt: on

BY_DEED: Final = {row.deed: row for row in ROWS}


def step(at: MeetingState, deed: Deed) -> MeetingState:
    """Return where ``deed`` leads from ``at``, or raise `MovedOn` when it is not possible there."""
    row = BY_DEED[deed]
    if at not in row.sources:
        raise MovedOn(MOVED_ON)
    return row.target or at


def deeds_at(at: MeetingState, actors: frozenset[Actor]) -> frozenset[Deed]:
    """Return what any of ``actors`` may do where the meeting stands."""
    return frozenset(row.deed for row in ROWS if at in row.sources and actors & set(row.actors))
