"""What silence means: nothing, an abstention, or (从多) a vote with the majority of those who spoke."""

from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.roll import Delivery
from deliberation.ballot.rules import DecisionRule, Silence
from deliberation.ballot.shares import NOTHING, Basis, Weight
from deliberation.ballot.votes import Choice


def is_served(delivery: Delivery, rule: DecisionRule) -> bool:
    """Return whether a head was served as the rule asks; 从多 also wants proof and a clear warning."""
    proven = bool(delivery.proof and delivery.warned) or rule.silence is not Silence.MAJORITY
    return delivery.how in rule.served_by and proven


def joins(
    rule: DecisionRule, *, yes: Weight, no: Weight, abstain: Weight, silent: Weight
) -> tuple[Choice | None, tuple[Doubt, ...]]:
    """Return the pile that the silent join, or the doubt that none can be named.

    The majority is fixed once, among expressed votes: more than half of them, and the same choice by
    every basis of the rule. A tie, a mere plurality, or heads against area names no majority.
    """
    if rule.silence is Silence.NONE:
        return None, ()
    if rule.silence is Silence.ABSTAIN or silent == NOTHING:
        return Choice.ABSTAIN, ()
    piles = {Choice.YES: yes, Choice.NO: no, Choice.ABSTAIN: abstain}
    leaders = {_leader(piles, basis) for basis in rule.basis}
    majority = leaders.pop() if len(leaders) == 1 else None
    return majority, () if majority else (Doubt(Reason.NO_MAJORITY_TO_JOIN),)


def _leader(piles: dict[Choice, Weight], basis: Basis) -> Choice | None:
    """Return the choice that more than half of the expressed weight made."""
    total = sum(pile.by(basis) for pile in piles.values())
    return next((choice for choice, pile in piles.items() if pile.by(basis) * 2 > total), None)
