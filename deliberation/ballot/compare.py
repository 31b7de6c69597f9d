"""The same ballots under several readings: does the outcome depend on which lawful rule was chosen?"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from deliberation.ballot.count import tally
from deliberation.ballot.decide import Decision, decide
from deliberation.ballot.roll import Delivery, Key, Roll
from deliberation.ballot.rules import DecisionRule, HeadKey, Participation, Silence
from deliberation.ballot.votes import Vote


class Switch(StrEnum):
    """A point on which lawful readings differ; the sentence is the message id of the warning."""

    PARKING_IN_AREA = "车位面积是否计入会改变结果。"
    PARKING_IN_HEADS = "只有车位的业主是否计人数会改变结果。"
    INVALID = "废票是否算参与会改变结果。"
    HEAD_KEY = "共有人怎样合并计人数会改变结果。"
    STRICT = "不表态不算参与会改变结果。"
    ABSTAIN = "送达后不表态算弃权会改变结果。"
    MAJORITY = "送达后不表态随多数（从多）会改变结果。"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two rules differ."""

    field: str
    one: object
    other: object


@dataclass(frozen=True, slots=True)
class Comparison:
    """The decisions in the order of the rules, and in what each rule differs from the first."""

    decisions: tuple[Decision, ...]
    differences: tuple[tuple[Difference, ...], ...]

    @property
    def agree(self) -> bool:
        """Return whether every rule gives the same outcome."""
        return len({decision.outcome for decision in self.decisions}) <= 1


def differences(one: DecisionRule, other: DecisionRule) -> tuple[Difference, ...]:
    """Return the fields in which two rules differ, in the order of the rule's own fields."""
    pairs = ((field.name, getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return tuple(Difference(name, here, there) for name, here, there in pairs if here != there)


def compare(
    *rules: DecisionRule,
    roll: Roll,
    deliveries: Iterable[Delivery] = (),
    votes: Iterable[Vote] = (),
    question: Key | None = None,
) -> Comparison:
    """Count the same ballots under every rule.

    Raises:
        ValueError: no rule was given.
    """
    if not rules:
        raise ValueError("nothing to compare")
    sent, cast = list(deliveries), list(votes)
    decisions = tuple(decide(tally(roll, sent, cast, rule, question=question), rule) for rule in rules)
    return Comparison(decisions, tuple(differences(rules[0], rule) for rule in rules))


def readings(rule: DecisionRule) -> dict[Switch, DecisionRule]:
    """Return the rule with one switch turned at a time; the reading it already has is left out."""
    other_key = HeadKey.ANY_COMMON_OWNER if rule.head_key is HeadKey.EXACT_SET else HeadKey.EXACT_SET
    served = Participation.SERVED
    turned = {
        Switch.PARKING_IN_AREA: replace(rule, parking_in_area=not rule.parking_in_area),
        Switch.PARKING_IN_HEADS: replace(rule, parking_in_heads=not rule.parking_in_heads),
        Switch.INVALID: replace(rule, invalid_participates=not rule.invalid_participates),
        Switch.HEAD_KEY: replace(rule, head_key=other_key),
        Switch.STRICT: replace(rule, participation=Participation.CAST, silence=Silence.NONE),
        Switch.ABSTAIN: replace(rule, participation=served, silence=Silence.ABSTAIN),
        Switch.MAJORITY: replace(rule, participation=served, silence=Silence.MAJORITY),
    }
    return {switch: reading for switch, reading in turned.items() if reading != rule}


def what_matters(
    rule: DecisionRule,
    roll: Roll,
    deliveries: Iterable[Delivery] = (),
    votes: Iterable[Vote] = (),
    *,
    question: Key | None = None,
) -> tuple[Switch, ...]:
    """Return the switches that, turned alone, would change the outcome."""
    turned = readings(rule)
    first, *others = compare(
        rule, *turned.values(), roll=roll, deliveries=deliveries, votes=votes, question=question
    ).decisions
    return tuple(switch for switch, other in zip(turned, others, strict=True) if other.outcome is not first.outcome)
