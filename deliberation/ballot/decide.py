"""The decision: one fraction per line of the rule, with its article, and the outcome they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from deliberation.ballot.count import Tally
from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.lot import drawn
from deliberation.ballot.rules import DecisionRule, Tie, contradictions
from deliberation.ballot.shares import Basis, Bound, Part, Threshold


class Outcome(StrEnum):
    """What the ballot decided; UNDECIDABLE is 无法判定 and comes with its reasons, ANSWERED decides nothing."""

    PASSED = "passed"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"
    REVOTE = "revote"
    ANSWERED = "answered"
    UNDECIDABLE = "undecidable"


class Stage(StrEnum):
    """Which gate a line belongs to."""

    QUORUM = "quorum"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the decision: ``numerator`` of ``denominator`` against the threshold.

    Heads are counts, areas units of 0.01 m². ``missing`` is how much more the numerator would have
    needed while the denominator stands (for 不超过: how much would have to fall away); 0 when met.
    """

    stage: Stage
    threshold: Threshold
    numerator: int
    denominator: int

    @property
    def basis(self) -> Basis:
        """Return heads or area."""
        return self.threshold.basis

    @property
    def share(self) -> Fraction:
        """Return the share to reach."""
        return self.threshold.share

    @property
    def source(self) -> str:
        """Return the article."""
        return self.threshold.source

    @property
    def met(self) -> bool:
        """Return whether the line is satisfied."""
        return self.threshold.met(self.numerator, self.denominator)

    @property
    def missing(self) -> int:
        """Return what is missing, in heads or in 0.01 m²."""
        return self.threshold.missing(self.numerator, self.denominator)

    @property
    def tied(self) -> bool:
        """Return whether a share that must be exceeded is reached exactly."""
        return self.threshold.bound is Bound.OVER and self.threshold.exactly_at(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and why: the lines are the explanation, the document and the interface alike."""

    rule: str
    question: str
    outcome: Outcome
    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...] = ()
    by_lot: bool = False

    def missing(self, stage: Stage, basis: Basis) -> int:
        """Return the most that is missing at one gate, in heads or in 0.01 m²."""
        return max((line.missing for line in self.lines if (line.stage, line.basis) == (stage, basis)), default=0)


def decide(tally: Tally, rule: DecisionRule, *, on: date | None = None) -> Decision:
    """Hold the count against the rule.

    Args:
        tally: the count under the same rule.
        rule: the rule frozen with the ballot.
        on: the day of the vote; when given, the rule must be in force on it. An undated rule never decides.

    Returns:
        UNDECIDABLE while anything is doubtful; else NO_QUORUM when a quorum line is not met; else PASSED
        when every approve line is met; else REJECTED, unless the votes are tied and the rule says REVOTE or LOT.

    Source:
        民法典 278 条 2 款: 参与表决 is measured against everybody, 同意 against those who took part.
    """
    lines = lines_of(Stage.QUORUM, rule.quorum, tally) + lines_of(Stage.APPROVE, rule.approve, tally)
    doubts = tuple(dict.fromkeys([*tally.doubts, *doubts_about(rule, on), *_doubts_between(tally, rule)]))
    if doubts:
        return Decision(rule.id, tally.question, Outcome.UNDECIDABLE, lines, doubts)
    outcome = _outcome(lines)
    if outcome is Outcome.REJECTED and rule.tie is not Tie.REJECT and _tied(lines):
        return _break_tie(rule, tally.question, lines)
    return Decision(rule.id, tally.question, outcome, lines)


def lines_of(stage: Stage, thresholds: Iterable[Threshold], tally: Tally) -> tuple[Line, ...]:
    """Return the lines of one gate with their figures filled in."""
    return tuple(
        Line(stage, each, tally.part(each.count).by(each.basis), tally.part(each.of).by(each.basis))
        for each in thresholds
    )


def _outcome(lines: Iterable[Line]) -> Outcome:
    unmet = {line.stage for line in lines if not line.met}
    if Stage.QUORUM in unmet:
        return Outcome.NO_QUORUM
    return Outcome.REJECTED if unmet else Outcome.PASSED


def _tied(lines: Iterable[Line]) -> bool:
    """Return whether everything that is missing is missing by a tie."""
    return all(line.tied for line in lines if not line.met)


def _break_tie(rule: DecisionRule, question: str, lines: tuple[Line, ...]) -> Decision:
    if rule.tie is Tie.REVOTE:
        return Decision(rule.id, question, Outcome.REVOTE, lines)
    first = drawn(f"{rule.lot_seed}|{question}", (Outcome.PASSED.value, Outcome.REJECTED.value))[0]
    return Decision(rule.id, question, Outcome(first), lines, by_lot=True)


def doubts_about(rule: DecisionRule, on: date | None) -> Iterable[Doubt]:
    """Say why the rule itself cannot decide."""
    if rule.effective_from is None:
        yield Doubt(Reason.UNDATED)
    elif on is not None and not rule.in_force(on):
        yield Doubt(Reason.NOT_IN_FORCE)
    if rule.tie is Tie.LOT and not rule.lot_seed:
        yield Doubt(Reason.NO_SEED)
    if wrong := contradictions(rule):
        yield Doubt(Reason.CONTRADICTORY, wrong)


def _doubts_between(tally: Tally, rule: DecisionRule) -> Iterable[Doubt]:
    """Say whether the piles cannot have come from this roll: more votes than it allows, or less than none."""
    piles = (tally.yes, tally.no, tally.abstain, tally.invalid, tally.silent)
    for basis in rule.basis:
        sizes = [pile.by(basis) for pile in piles]
        if min(sizes) < 0 or sum(sizes) > tally.whole.by(basis):
            yield Doubt(Reason.OUTWEIGHS)
            return
    if any(tally.whole.by(line.basis) == 0 for line in rule.lines if Part.ALL in (line.count, line.of)):
        yield Doubt(Reason.EMPTY_ROLL)
