"""The figures of a meeting held against its rule: is there a quorum, is a question carried. Pure arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from deliberation.ballot.count import Tally
from deliberation.ballot.decide import Decision, Line, Stage, decide, lines_of
from deliberation.ballot.rules import DecisionRule, Participation, Silence
from deliberation.ballot.shares import NOTHING, Basis, Weight
from deliberation.ballot.votes import Choice


@dataclass(frozen=True, slots=True)
class Piles:
    """What was shown: yes, no, abstain."""

    yes: Weight = NOTHING
    no: Weight = NOTHING
    abstain: Weight = NOTHING

    @property
    def shown(self) -> Weight:
        """Return the weight of all that was shown."""
        return self.yes + self.no + self.abstain


def piles_of(votes: Iterable[tuple[Choice, int]]) -> Piles:
    """Return the piles of single votes, each with the area behind it.

    >>> piles_of([(Choice.YES, 8937), (Choice.NO, 100), (Choice.YES, 1)]).yes
    Weight(heads=2, area=8938)
    """
    found = dict.fromkeys(Choice, NOTHING)
    for choice, area in votes:
        found[choice] += Weight(1, area)
    return Piles(found[Choice.YES], found[Choice.NO], found[Choice.ABSTAIN])


def quorum(rule: DecisionRule, expected: Weight, present: Weight) -> tuple[Line, ...]:
    """Return what the rule asks of those who come, with the figures of the room: all who are here may take part."""
    return lines_of(Stage.QUORUM, rule.quorum, Tally(whole=expected, abstain=present))


def by_heads(rule: DecisionRule) -> bool:
    """Tell whether counting hands is enough; areas are known only when each voice is."""
    return rule.basis == (Basis.HEADS,)


def decided(rule: DecisionRule, expected: Weight, present: Weight, piles: Piles, *, on: date) -> Decision:
    """Return what was decided on a day.

    Those present who showed nothing abstain where the rule counts everybody who attended; elsewhere they
    took no part (民法典 278: 参与表决). More hands than people is undecidable, never a guess.
    """
    silent = Weight(present.heads - piles.shown.heads, present.area - piles.shown.area)
    joins = rule.participation is Participation.SERVED and rule.silence is Silence.ABSTAIN
    tally = Tally(
        whole=expected,
        yes=piles.yes,
        no=piles.no,
        abstain=piles.abstain,
        silent=silent,
        silent_as=Choice.ABSTAIN if joins else None,
        invalid_participates=rule.invalid_participates,
    )
    return decide(tally, rule, on=on)
