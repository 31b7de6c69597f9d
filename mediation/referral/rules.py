"""Who may take over what on which track, and where a handover stands. Nothing here does I/O."""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.orgs.rules import OrgKind

MOST_BOUNCES: Final = 2
"""Sent back this often, a case goes nowhere by its owner's choice any more: the centre decides (首接负责)."""
ARTICLE_MOST: Final = 120


class Basis(StrEnum):
    """Why the papers of a case may be given to another organisation (个人信息保护法 13, 23)."""

    CONSENT = "consent"  # 当事人的单独同意
    STATUTORY = "statutory"  # 法定职责


class Passing(StrEnum):
    """Where a handover stands."""

    PROPOSED = "proposed"  # 正在征求当事人同意
    SENT = "sent"  # 已送出，等答复
    ACCEPTED = "accepted"  # 已接收
    REJECTED = "rejected"  # 已退回
    RECALLED = "recalled"  # 综治中心收回
    DROPPED = "dropped"  # 没有送成：有人不同意，或者事情先结束了


OPEN: Final = (Passing.PROPOSED, Passing.SENT)
"""At most one handover of a case is in one of these."""

NEXT: Final = MappingProxyType(
    {
        Passing.PROPOSED: frozenset({Passing.SENT, Passing.DROPPED}),
        Passing.SENT: frozenset({Passing.ACCEPTED, Passing.REJECTED, Passing.RECALLED, Passing.DROPPED}),
        Passing.ACCEPTED: frozenset[Passing](),
        Passing.REJECTED: frozenset[Passing](),
        Passing.RECALLED: frozenset[Passing](),
        Passing.DROPPED: frozenset[Passing](),
    }
)
"""Where a handover may go from each place."""

TAKES: Final = MappingProxyType(
    {
        "people": frozenset({OrgKind.MEDIATION_COMMITTEE}),
        "admin": frozenset({OrgKind.STREET_OFFICE, OrgKind.JUSTICE_OFFICE, OrgKind.DEPARTMENT}),
        "court_pre": frozenset({OrgKind.COURT}),
        "court_post": frozenset({OrgKind.COURT}),
        "industry": frozenset({OrgKind.SOCIAL, OrgKind.MEDIATION_COMMITTEE}),
        "commercial": frozenset({OrgKind.SOCIAL}),
    }
)
"""Which kinds of organisation handle which track."""

OWN_NUMBER: Final = frozenset({"court_pre", "court_post", "commercial"})
"""Tracks whose organisation brings the number from its own books; the others get the next one of their series here."""


def competent(kind: OrgKind, track: str) -> bool:
    """Return whether an organisation of this kind handles this track."""
    return kind in TAKES[track]


def tracks_of(kind: OrgKind) -> tuple[str, ...]:
    """Return the tracks an organisation of this kind handles."""
    return tuple(track for track, kinds in TAKES.items() if kind in kinds)


def receiving_kinds() -> tuple[OrgKind, ...]:
    """Return every kind of organisation that may take a case over."""
    return tuple(kind for kind in OrgKind if tracks_of(kind))


def all_agree(answers: Iterable[bool | None]) -> bool:
    """Return whether every party said yes; nobody's silence is a yes."""
    said = list(answers)
    return bool(said) and all(said)
