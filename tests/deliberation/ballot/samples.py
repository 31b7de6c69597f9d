"""Small rolls and votes that the tests of the ballot share."""

from collections.abc import Iterable

from deliberation.ballot import packs
from deliberation.ballot.count import tally
from deliberation.ballot.decide import Decision, Outcome, Stage, decide
from deliberation.ballot.roll import Delivery, Electorate, Entry, How, Roll
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.shares import Basis
from deliberation.ballot.votes import Choice, Vote

GENERAL = packs.rule("civ278.general")
MAJOR = packs.rule("civ278.major")
YES, NO, ABSTAIN = Choice


def flats(n: int, *, area: int = 100_00, prefix: str = "u") -> tuple[Entry, ...]:
    """Return ``n`` flats with one owner each, named u0, u1, …; area in 0.01 m²."""
    return tuple(Entry(key=f"{prefix}{i}", owners=(f"{prefix}{i}",), registered=area) for i in range(n))


def owners(*groups: Iterable[Entry]) -> Roll:
    return Roll(Electorate.OWNERS, tuple(entry for group in groups for entry in group))


def vote(head: str, choice: Choice = YES, order: int = 1, *, by: str | None = None, valid: bool = True) -> Vote:
    return Vote(head=head, choice=choice, order=order, by=by, valid=valid)


def block(start: int, stop: int, choice: Choice = YES, *, valid: bool = True) -> list[Vote]:
    """Return one vote each of the flats start … stop-1."""
    return [vote(f"u{i}", choice, valid=valid) for i in range(start, stop)]


def served(start: int, stop: int, how: How = How.SIGNED, *, warned: bool = True) -> list[Delivery]:
    return [Delivery(f"u{i}", how, proof=f"签收单 {i}", warned=warned) for i in range(start, stop)]


def outcome(
    roll: Roll, votes: Iterable[Vote], rule: DecisionRule = GENERAL, deliveries: Iterable[Delivery] = ()
) -> Outcome:
    return decision(roll, votes, rule, deliveries).outcome


def decision(
    roll: Roll, votes: Iterable[Vote], rule: DecisionRule = GENERAL, deliveries: Iterable[Delivery] = ()
) -> Decision:
    return decide(tally(roll, deliveries, votes, rule), rule)


def figures(made: Decision, stage: Stage, basis: Basis) -> tuple[int, int]:
    """Return numerator and denominator of the one line at a gate."""
    (line,) = (each for each in made.lines if (each.stage, each.basis) == (stage, basis))
    return line.numerator, line.denominator
