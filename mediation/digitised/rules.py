"""The road of a digitised copy, who takes which step, and how the copies of a body are chained. No I/O.

Source: DA/T 31 (scan and comparison by different hands); 档案法 (no destruction but by rule, two persons).
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Final


class CopyStage(StrEnum):
    """How far a copy is."""

    SCANNED = "scanned"  # 已扫描，待比对
    COMPARED = "compared"  # 已比对，在架
    RETURNED = "returned"  # 退回重扫
    LEAVING = "leaving"  # 期满，待销毁
    DESTROYED = "destroyed"  # 已销毁


class Keeps(StrEnum):
    """Who takes a step."""

    SHELF = "shelf"  # 档案员
    HEAD = "head"  # 负责人


class CopyDeed(StrEnum):
    """What is done with a copy."""

    COMPARE = "compared"
    SEND_BACK = "sent-back"
    ASK = "destruction-asked"
    KEEP = "kept"
    DESTROY = "destroyed"


@dataclass(frozen=True, slots=True)
class CopyStep:
    """One row of the table: from where to where, by whom; ``other`` asks for a second person."""

    deed: CopyDeed
    source: CopyStage
    target: CopyStage
    by: frozenset[Keeps]
    other: bool


_BOTH: Final = frozenset(Keeps)
STEPS: Final = (
    CopyStep(CopyDeed.COMPARE, CopyStage.SCANNED, CopyStage.COMPARED, _BOTH, other=True),
    CopyStep(CopyDeed.SEND_BACK, CopyStage.SCANNED, CopyStage.RETURNED, _BOTH, other=False),
    CopyStep(CopyDeed.ASK, CopyStage.COMPARED, CopyStage.LEAVING, frozenset({Keeps.SHELF}), other=False),
    CopyStep(CopyDeed.KEEP, CopyStage.LEAVING, CopyStage.COMPARED, frozenset({Keeps.HEAD}), other=False),
    CopyStep(CopyDeed.DESTROY, CopyStage.LEAVING, CopyStage.DESTROYED, frozenset({Keeps.HEAD}), other=True),
)
READABLE: Final = frozenset({CopyStage.SCANNED, CopyStage.COMPARED, CopyStage.LEAVING})
"""Where the pages are still there."""
NUMBER: Final = 64  # characters of the number on the paper
PARTY: Final = 60  # characters of a name
PARTIES: Final = 40
WHERE: Final = 60  # characters of where the paper lies, and of how it was scanned
WORDS: Final = 500
FIRST_YEAR: Final = 1949
NO_DOSSIER: Final = "没有找到这一卷，或者您不能看。请回到旧卷名单再选。"


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One file of a copy in its list: what it is, how many pages, its hash."""

    leaf: str
    n: int
    sha256: str


def step(deed: CopyDeed) -> CopyStep:
    """Return the row of a deed."""
    return next(each for each in STEPS if each.deed is deed)


def steps_from(stage: CopyStage) -> tuple[CopyStep, ...]:
    """Return what can be done with a copy at this stage.

    >>> [each.deed.value for each in steps_from(CopyStage.LEAVING)]
    ['kept', 'destroyed']
    """
    return tuple(each for each in STEPS if each.source is stage)


def first_pages(counts: Iterable[int]) -> list[int]:
    """Return the page on which each file begins, the pages numbered through from 1.

    >>> first_pages([1, 3, 2])
    [1, 2, 5]
    """
    begins, at = list[int](), 1
    for count in counts:
        begins.append(at)
        at += count
    return begins


def in_order(name: str) -> tuple[tuple[int, int | str], ...]:
    """Return what sorts file names as people number them: 2 before 10.

    >>> sorted(["10.jpg", "2.jpg", "封面.jpg"], key=in_order)
    ['2.jpg', '10.jpg', '封面.jpg']
    """
    parts = re.findall(r"\d+|\D+", name.lower())
    return tuple((0, int(each)) if each.isascii() and each.isdigit() else (1, each) for each in parts)


def digest(value: object) -> str:
    """Return the hash of a value as every dossier's list is hashed, so that one program confirms them all."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def manifest_of(code: str, lines: Iterable[ScanLine]) -> str:
    """Return the hash of a list of scans."""
    return digest([code, *(astuple(each) for each in lines)])


def link_of(before: str, number: str, manifest: str) -> str:
    """Return the link of a copy, which names the copy before it of the same body."""
    return digest([before, number, manifest])
