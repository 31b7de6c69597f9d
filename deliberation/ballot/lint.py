"""What is wrong with a rule pack on a given day: expired law, old thresholds, clauses that cannot all be true."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import Final

from deliberation.ballot.roll import Electorate
from deliberation.ballot.rules import Confidence, DecisionRule, Silence, Tie, contradictions
from deliberation.ballot.shares import Basis, Bound, Part, Threshold

CIVIL_CODE: Final = date(2021, 1, 1)


class Complaint(StrEnum):
    """What lint found; the sentence is the message id."""

    EXPIRED = "规则已经失效，不能用于新的表决。"
    NOT_YET = "规则尚未施行。"
    UNDATED = "规则没有施行日期。"
    AUDIT_ONLY = "规则只用于复核旧票，不能用于新的表决。"
    UNSURE = "规则不是从法规原文读到的，只能作为可改的默认值。"
    BEFORE_CODE = "规则早于民法典（2021 年 1 月 1 日），请核对是否抵触。"
    BELOW_CODE = "规则的门槛低于民法典 278 条。"
    CONTRADICTORY = "规则自相矛盾：{detail}"
    OVERLAP = "同名规则的施行期间重叠：{detail}"
    FOLLOWS_MAJORITY = "未表态随多数（从多）有争议，须有送达证明和明确提示。"
    HARD_BUT_UNSURE = "没有从法规原文读到的规则不能是硬规则，请改为可改的默认值。"
    NO_SEED = "规则写明抽签，但没有公布抽签的随机种子。"


ERRORS: Final = frozenset(
    {
        Complaint.UNDATED,
        Complaint.BELOW_CODE,
        Complaint.CONTRADICTORY,
        Complaint.OVERLAP,
        Complaint.HARD_BUT_UNSURE,
        Complaint.NO_SEED,
    }
)
"""With these a rule may not be used; the others are warnings."""


def serious(finding: "Finding", rule: DecisionRule) -> bool:
    """Return whether a finding forbids a rule; a default below the Code is for a body to mend."""
    excused = finding.complaint is Complaint.BELOW_CODE and (rule.changeable or rule.audit_only)
    return finding.complaint in ERRORS and not excused


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint about one rule."""

    rule: str
    complaint: Complaint
    detail: str = ""

    def __str__(self) -> str:
        return self.complaint.value.format(detail=self.detail)


def lint(rules: Iterable[DecisionRule], on: date) -> tuple[Finding, ...]:
    """Return everything questionable about the rules on that day, rule by rule."""
    pack = list(rules)
    found = [
        Finding(rule.id, complaint) for rule in pack for complaint in (*_in_time(rule, on), *_in_substance(rule, on))
    ]
    found += [Finding(rule.id, Complaint.CONTRADICTORY, wrong) for rule in pack for wrong in contradictions(rule)]
    return (*found, *_overlaps(pack))


def _in_time(rule: DecisionRule, on: date) -> Iterator[Complaint]:
    if rule.effective_from is None:
        yield Complaint.UNDATED
    elif rule.effective_from > on:
        yield Complaint.NOT_YET
    if rule.effective_to is not None and rule.effective_to < on:
        yield Complaint.EXPIRED
    if rule.audit_only:
        yield Complaint.AUDIT_ONLY
    if rule.electorate is Electorate.OWNERS and (rule.effective_from or date.max) < CIVIL_CODE <= on:
        yield Complaint.BEFORE_CODE


def _in_substance(rule: DecisionRule, on: date) -> Iterator[Complaint]:
    if rule.confidence is not Confidence.READ:
        yield Complaint.UNSURE if rule.changeable else Complaint.HARD_BUT_UNSURE
    if rule.silence is Silence.MAJORITY:
        yield Complaint.FOLLOWS_MAJORITY
    if rule.tie is Tie.LOT and not rule.lot_seed:
        yield Complaint.NO_SEED
    if rule.electorate is Electorate.OWNERS and on >= CIVIL_CODE and _below_code(rule):
        yield Complaint.BELOW_CODE


def _below_code(rule: DecisionRule) -> bool:
    """Return whether some basis lacks a quorum of 2/3, or a majority over 1/2 of those taking part."""
    return not all(
        any(_asks_two_thirds(line) for line in rule.quorum if line.basis is basis)
        and any(_asks_over_half(line) for line in rule.approve if line.basis is basis)
        for basis in Basis
    )


def _asks_two_thirds(line: Threshold) -> bool:
    return line.bound is not Bound.AT_MOST and line.of is Part.ALL and line.share >= Fraction(2, 3)


def _asks_over_half(line: Threshold) -> bool:
    half = Fraction(1, 2)
    enough = line.share > half or (line.share == half and line.bound is Bound.OVER)
    return line.bound is not Bound.AT_MOST and line.count is Part.YES and enough


def _overlaps(rules: Sequence[DecisionRule]) -> Iterator[Finding]:
    for one, other in combinations(rules, 2):
        starts = max(one.effective_from or date.min, other.effective_from or date.min)
        ends = min(one.effective_to or date.max, other.effective_to or date.max)
        if one.id == other.id and one.jurisdiction == other.jurisdiction and starts <= ends:
            yield Finding(one.id, Complaint.OVERLAP, f"{starts} – {ends}")
