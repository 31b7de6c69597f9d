"""What if: the decision under an expected turnout, and how far a vote is from its gates, in heads and 0.01 m²."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deliberation.ballot.count import Tally, tally
from deliberation.ballot.decide import Decision, Line, Stage, decide
from deliberation.ballot.heads import denominators
from deliberation.ballot.roll import Delivery, Key, Roll
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.shares import NOTHING, Basis, Bound, Part, Weight
from deliberation.ballot.silence import joins
from deliberation.ballot.votes import Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """An expected result: how much says what. ``silent`` is served and returns nothing."""

    yes: Weight = NOTHING
    no: Weight = NOTHING
    abstain: Weight = NOTHING
    invalid: Weight = NOTHING
    silent: Weight = NOTHING


@dataclass(frozen=True, slots=True)
class Simulation:
    """The decision, and what is short.

    ``turnout_short`` is what the quorum still lacks: "还差 23 户且 1 840 m²" is ``Weight(23, 1840_00)``.
    ``yes_short`` is how much more 同意 would carry it if only 同意 came in from now on; None when no
    number of them can.
    """

    decision: Decision
    turnout_short: Weight
    yes_short: Weight | None


def expect(roll: Roll, rule: DecisionRule, *, yes: int, no: int = 0, abstain: int = 0, silent: int = 0) -> WhatIf:
    """Return an expectation in heads, each weighing the average area of the roll, rounded down to 0.01 m²."""
    whole = denominators(roll, rule).whole

    def average(heads: int) -> Weight:
        return Weight(heads, whole.area * heads // max(whole.heads, 1))

    return WhatIf(yes=average(yes), no=average(no), abstain=average(abstain), silent=average(silent))


def simulate(rule: DecisionRule, roll: Roll, what_if: WhatIf) -> Simulation:
    """Return what the rule would decide if ``what_if`` came true on this roll."""
    everybody = denominators(roll, rule)
    silent_as, unclear = joins(rule, yes=what_if.yes, no=what_if.no, abstain=what_if.abstain, silent=what_if.silent)
    return shortfall(
        rule,
        Tally(
            whole=everybody.whole,
            yes=what_if.yes,
            no=what_if.no,
            abstain=what_if.abstain,
            invalid=what_if.invalid,
            silent=what_if.silent,
            silent_as=silent_as,
            invalid_participates=rule.invalid_participates,
            doubts=everybody.doubts + unclear,
        ),
    )


def shortfall(rule: DecisionRule, counted: Tally) -> Simulation:
    """Return how far a running count is from its gates."""
    decision = decide(counted, rule)
    turnout = Weight(
        decision.missing(Stage.QUORUM, Basis.HEADS),
        decision.missing(Stage.QUORUM, Basis.AREA),
    )
    needed = [(line.basis, more_yes(line)) for line in decision.lines]
    if any(more is None for _, more in needed):
        return Simulation(decision, turnout, None)
    heads, area = (max((more or 0 for basis, more in needed if basis is each), default=0) for each in Basis)
    return Simulation(decision, turnout, Weight(heads, area))


def more_yes(line: Line) -> int | None:
    """Return how much more 同意, from people who did not take part yet, satisfies the line; None if none can.

    Against all owners each one adds to the numerator only; against those who took part it adds to both.
    """
    if line.met:
        return 0
    if line.threshold.count is Part.NO:
        return None
    if line.threshold.of is Part.ALL:
        return line.missing
    share = line.share
    if share == 1:
        return None
    exact = (share * line.denominator - line.numerator) / (1 - share)
    return max(1, exact.__floor__() + 1 if line.threshold.bound is Bound.OVER else exact.__ceil__())


def turnout_by_building(
    roll: Roll,
    deliveries: Iterable[Delivery],
    votes: Iterable[Vote],
    rule: DecisionRule,
    *,
    question: Key | None = None,
) -> Mapping[str, tuple[Weight, Weight]]:
    """Return for each building what took part and what is entitled; never how anybody voted.

    A head with parts in two buildings is counted in each, so that heads may add up to more than the roll.
    """
    sent, cast = list(deliveries), list(votes)
    found = {}
    for building in sorted({entry.building for entry in roll.entries}):
        part = roll.within(building)
        here = denominators(part, rule).known_as
        reached, returned = [d for d in sent if d.head in here], [v for v in cast if v.head in here]
        counted = tally(part, reached, returned, rule, question=question)
        found[building] = (counted.part(Part.TAKING_PART), counted.whole)
    return found
