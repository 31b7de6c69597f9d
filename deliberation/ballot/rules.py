"""What a vote rule is: dated data that says who counts, how silence counts and which shares must be reached.

Statutes differ only in these values, so no statute is code. The tables are the packs of the room of law.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from community.law.rules import Confidence
from deliberation.ballot.roll import Electorate, How, Scope
from deliberation.ballot.shares import Basis, Bound, Part, Threshold

__all__ = [
    "Confidence",
    "DecisionRule",
    "HeadKey",
    "Participation",
    "Silence",
    "Tie",
    "contradictions",
]


class HeadKey(StrEnum):
    """When several owners are one head: 共有 sets compared exactly, or joined by any common owner."""

    EXACT_SET = "exact_set"
    ANY_COMMON_OWNER = "any_common_owner"


class Participation(StrEnum):
    """Who takes part: those who returned a ballot, or everybody who was served (or attended)."""

    CAST = "cast"
    SERVED = "served"


class Silence(StrEnum):
    """What a served head that returned nothing means: nothing, an abstention, or a vote with the majority (从多)."""

    NONE = "none"
    ABSTAIN = "abstain"
    MAJORITY = "majority"


class Tie(StrEnum):
    """What happens when the votes stand exactly on the share that must be exceeded."""

    REJECT = "reject"
    REVOTE = "revote"
    LOT = "lot"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """One vote rule: its lines, its switches, and where and when it holds.

    ``quorum`` lines must all be met for the vote to be valid, then all ``approve`` lines for it to pass.
    ``served_by`` says which deliveries count as served. ``audit_only`` rules exist to re-check old votes;
    a ``changeable`` one is a default that a body may replace, not the law.
    """

    id: str
    title: str
    electorate: Electorate
    quorum: tuple[Threshold, ...]
    approve: tuple[Threshold, ...]
    source: str
    effective_from: date | None
    effective_to: date | None = None
    jurisdiction: str = "CN"
    scopes: frozenset[Scope] = frozenset({Scope.WHOLE})
    head_key: HeadKey = HeadKey.EXACT_SET
    parking_in_area: bool = True
    parking_in_heads: bool = True
    participation: Participation = Participation.CAST
    silence: Silence = Silence.NONE
    served_by: frozenset[How] = frozenset({How.SIGNED, How.LOGIN, How.ATTENDED})
    invalid_participates: bool = True
    tie: Tie = Tie.REJECT
    lot_seed: str = ""
    confidence: Confidence = Confidence.READ
    audit_only: bool = False
    changeable: bool = False
    note: str = ""

    @property
    def lines(self) -> tuple[Threshold, ...]:
        """Return every line, quorum first."""
        return self.quorum + self.approve

    @property
    def basis(self) -> tuple[Basis, ...]:
        """Return what the lines count, heads before area."""
        return tuple(basis for basis in Basis if any(line.basis is basis for line in self.lines))

    def in_force(self, on: date) -> bool:
        """Return whether the rule holds on that day, both ends included; an undated rule never does."""
        return self.effective_from is not None and self.effective_from <= on <= (self.effective_to or date.max)


def contradictions(rule: DecisionRule) -> tuple[str, ...]:
    """Return what in a rule cannot all be true, as Chinese sentences; empty when it is sound."""
    served, silent = rule.participation is Participation.SERVED, rule.silence is not Silence.NONE
    found = {
        "没有通过门槛。": not rule.approve,
        "送达即参与，却没有说明不表态怎么算。": served and not silent,
        "只有投票才算参与，却给不表态的人算了票。": silent and not served,
        "不是业主名册，却按面积计算。": Basis.AREA in rule.basis and rule.electorate is not Electorate.OWNERS,
        "到会门槛数的不是参加人。": any(line.count is not Part.TAKING_PART for line in rule.quorum),
        "不超过的门槛只能用来数反对票。": any(
            line.bound is Bound.AT_MOST and line.count is not Part.NO for line in rule.lines
        ),
        "失效日期早于施行日期。": bool(
            rule.effective_from and rule.effective_to and rule.effective_to < rule.effective_from
        ),
    }
    return tuple(sentence for sentence, wrong in found.items() if wrong)
