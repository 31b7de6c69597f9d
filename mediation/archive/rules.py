"""Which papers a dossier must hold, how long it is kept, and how it is chained to the one before. No I/O.

Source: 司发通〔2010〕239号; 档案法实施条例 (each unit sets its own terms with the archive authority).
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case.states import Outcome, State


class Retention(StrEnum):
    """How long a dossier is kept; a person chooses."""

    TEN = "10"  # 10年
    THIRTY = "30"  # 30年
    FOREVER = "forever"  # 永久


class ExportStage(StrEnum):
    """How far a long export is, in order; the last two are no part of the road."""

    WAITING = "waiting"  # 排队
    PRINTING = "printing"  # 排版
    SIGNING = "signing"  # 签名
    PACKING = "packing"  # 打包
    READY = "ready"  # 可以下载
    GONE = "gone"  # 文件已删
    FAILED = "failed"  # 没做成


UNDER_WAY: Final = (ExportStage.WAITING, ExportStage.PRINTING, ExportStage.SIGNING, ExportStage.PACKING)
LONG: Final = 30_000
"""Characters from which a dossier is made out of the way of the pages: about forty pages, half a second."""


class Leaf(StrEnum):
    """One kind of paper in a dossier, in the order in which it is bound."""

    APPLICATION = "application"  # 申请书、登记
    CONSENTS = "consents"  # 当事人意愿
    ACCEPTANCE = "acceptance"  # 受理登记表
    SESSIONS = "sessions"  # 调解记录
    MINUTES = "minutes"  # 调解笔录
    EVIDENCE = "evidence"  # 各方都看得到的证据
    AGREEMENT = "agreement"  # 调解协议书
    SIGNATURES = "signatures"  # 签署和用印
    PERFORMANCE = "performance"  # 履行情况
    VISIT = "visit"  # 回访记录
    ENDING = "ending"  # 终止、不予受理、引导的通知
    NOTICES = "notices"  # 编号出具的文书
    NOTES = "notes"  # 办理说明
    COURSE = "course"  # 办理经过


_AGREED: Final = (
    Leaf.APPLICATION,
    Leaf.CONSENTS,
    Leaf.ACCEPTANCE,
    Leaf.SESSIONS,
    Leaf.AGREEMENT,
    Leaf.PERFORMANCE,
    Leaf.VISIT,
)
_WRITTEN: Final = frozenset({Outcome.AGREED_WRITTEN, Outcome.AGREED_PARTIAL})
_IN_EFFECT: Final = _WRITTEN | {Outcome.AGREED_ORAL, Outcome.BREACH_ROUTED_OUT}
_EARLY: Final = frozenset(
    {
        Outcome.REFUSED_BEFORE_ACCEPTANCE,
        Outcome.WITHDRAWN_BEFORE_ACCEPTANCE,
        Outcome.UNREACHABLE,
        Outcome.LAPSED,
        Outcome.DECLINED,
        Outcome.REDIRECTED,
    }
)

_LONG: Final = MappingProxyType(
    {
        "03": Retention.FOREVER,  # 房屋宅基地
        "07": Retention.FOREVER,  # 山林土地
        "08": Retention.FOREVER,  # 征地拆迁
        "06": Retention.THIRTY,  # 损害赔偿
        "12": Retention.THIRTY,  # 医疗
        "13": Retention.THIRTY,  # 道路交通事故
    }
)
YEARS: Final = MappingProxyType({Retention.TEN: 10, Retention.THIRTY: 30})
GROUP: Final = 5
"""From so many parties on a case counts as one of many people."""

ALONE: Final = timedelta(days=30)
TOGETHER: Final = timedelta(days=180)
"""How long after the archiving one-sided and internal talk, and the talk of all, are kept (个人信息保护法 19)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of a dossier: its kind, how many sheets of it, and the hash of all it says."""

    leaf: Leaf
    n: int
    sha256: str


def required(state: State, outcome: Outcome | None) -> tuple[Leaf, ...]:
    """Return the papers a dossier must hold, by how the case ended."""
    if state in (State.DECLINED, State.REDIRECTED) or outcome in _EARLY:
        return (Leaf.APPLICATION, Leaf.ENDING)
    if outcome in _IN_EFFECT:
        return (*_AGREED, *((Leaf.SIGNATURES,) if outcome in _WRITTEN else ()))
    return (Leaf.APPLICATION, Leaf.CONSENTS, Leaf.ACCEPTANCE, Leaf.ENDING)


def missing(state: State, outcome: Outcome | None, there: Collection[Leaf]) -> tuple[Leaf, ...]:
    """Return the papers that a dossier lacks."""
    return tuple(leaf for leaf in required(state, outcome) if leaf not in there)


def suggested(type_code: str, *, parties: int, minors: bool, at_court: bool = False) -> Retention:
    """Return the term to suggest: for ever about land, thirty years for injuries, minors, courts and many, else ten.

    >>> suggested("0201", parties=2, minors=False), suggested("06", parties=2, minors=False)
    (<Retention.TEN: '10'>, <Retention.THIRTY: '30'>)
    """
    of_kind = _LONG.get(type_code[:2], Retention.TEN)
    if of_kind is Retention.TEN and (minors or at_court or parties >= GROUP):
        return Retention.THIRTY
    return of_kind


def shorter(chosen: Retention, than: Retention) -> bool:
    """Return whether the chosen term is shorter than the suggested one, which has to be explained."""
    order = list(Retention)
    return order.index(chosen) < order.index(than)


def kept_until(chosen: Retention, closed: date) -> date | None:
    """Return the last day of the term, the years counted from the year after the case was closed; none for ever."""
    return date(closed.year + YEARS[chosen], 12, 31) if chosen in YEARS else None


def leaf_text(content: object) -> str:
    """Return a paper's content as the one text that is hashed and exported, whatever the order of its fields."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def leaf_hash(content: object) -> str:
    """Return the hash of a paper's content."""
    return hashlib.sha256(leaf_text(content).encode()).hexdigest()


def manifest_hash(code: str, sheets: Iterable[Sheet]) -> str:
    """Return the hash of a list of papers: what the archivist has before them."""
    return leaf_hash([code, *(astuple(sheet) for sheet in sheets)])


def chained(before: str, number: str, manifest: str) -> str:
    """Return the link of a dossier: it names the dossier before it of the same body."""
    return leaf_hash([before, number, manifest])
