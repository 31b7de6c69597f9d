"""A body's own clauses laid over the rule of the law: readings turned, gates raised, each line with its article."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Final

from deliberation.ballot.compare import Switch
from deliberation.ballot.readings import read_as
from deliberation.ballot.rules import DecisionRule, HeadKey, Silence
from deliberation.ballot.shares import Bound, Threshold
from deliberation.body.rules import Weight
from deliberation.charter.rules import FIELDS, YES, Clause, Clauses, Point

SWITCHES: Final = {
    Point.INVALID: Switch.INVALID,
    Point.PARKING_IN_AREA: Switch.PARKING_IN_AREA,
    Point.PARKING_IN_HEADS: Switch.PARKING_IN_HEADS,
    Point.HEAD_KEY: Switch.HEAD_KEY,
}
SILENT: Final = {Silence.NONE: Switch.STRICT, Silence.ABSTAIN: Switch.ABSTAIN, Silence.MAJORITY: Switch.MAJORITY}
GATES: Final = {Weight.GENERAL: Point.GENERAL, Weight.MAJOR: Point.MAJOR}


def turned(rule: DecisionRule, clause: Clause) -> Switch | None:
    """Return the switch that makes the rule say what the clause says; None when it says so already."""
    wanted = _wanted(clause)
    if getattr(rule, FIELDS[clause.point]) == wanted:
        return None
    return SILENT[wanted] if isinstance(wanted, Silence) else SWITCHES[clause.point]


def _wanted(clause: Clause) -> bool | HeadKey | Silence:
    if clause.point is Point.SILENCE:
        return Silence(clause.value)
    return HeadKey(clause.value) if clause.point is Point.HEAD_KEY else clause.value == YES


def switches(rule: DecisionRule, clauses: Clauses) -> frozenset[Switch]:
    """Return every switch that the clauses turn."""
    chosen = (turned(rule, clause) for point, clause in clauses.items() if point in FIELDS)
    return frozenset(switch for switch in chosen if switch)


def overlaid(rule: DecisionRule, clauses: Clauses, weight: Weight) -> DecisionRule:
    """Return the rule as the body reads and raises it.

    Raises:
        Unfit: the law does not leave one of these points to the body.
    """
    read = read_as(rule, switches(rule, clauses))
    return replace(
        read,
        quorum=_raised(read.quorum, clauses.get(Point.QUORUM)),
        approve=_raised(read.approve, clauses.get(GATES[weight])),
    )


def _raised(lines: Iterable[Threshold], clause: Clause | None) -> tuple[Threshold, ...]:
    if clause is None:
        return tuple(lines)
    bound, share = clause.value.split()
    return tuple(
        replace(line, bound=Bound(bound), share=Fraction(share), source=clause.source)
        if line.bound is not Bound.AT_MOST
        else line
        for line in lines
    )


def strength(line: Threshold) -> tuple[Fraction, bool]:
    """Return how much a line asks for, to be compared with another of the same gate."""
    return line.share, line.bound is Bound.OVER


def without_majority(clauses: Clauses) -> Clauses:
    """Return the clauses for a question of more than yes and no, where the silent cannot join a majority."""
    silent = clauses.get(Point.SILENCE)
    if silent is None or silent.value != Silence.MAJORITY:
        return clauses
    return {point: clause for point, clause in clauses.items() if point is not Point.SILENCE}
