"""From papers to the decision that is kept: the quorum by the ballot's own count, then what the papers answer. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from deliberation.ballot.count import Tally, tally
from deliberation.ballot.decide import Decision, Outcome, Stage, decide
from deliberation.ballot.roll import Delivery, Roll
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.votes import Vote
from deliberation.question.answers import Answer, Declared, answer
from deliberation.question.rules import OPINIONS, Question
from deliberation.question.spoken import last_words


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with everything that was handed in for it; void papers are marked as such already."""

    question: Question
    roll: Roll
    deliveries: Sequence[Delivery]
    votes: Sequence[Vote]
    rule: DecisionRule


def answered(
    asking: Asking, declared: Mapping[str, Declared], *, on: date | None = None
) -> tuple[Tally, Decision, Answer]:
    """Count a question: who took part, what was decided, and the answer behind it."""
    found = tally(asking.roll, asking.deliveries, asking.votes, asking.rule)
    base = decide(found, asking.rule, on=on)
    spoken = last_words(asking.roll, asking.votes, asking.rule)
    outcome, said = answer(asking.question, found, spoken, asking.rule, declared)
    if base.outcome is Outcome.UNDECIDABLE:
        outcome = base.outcome
    asks = asking.question.kind not in OPINIONS  # an opinion has no threshold
    lines = tuple(line for line in base.lines if asks and line.stage is Stage.QUORUM)
    return found, replace(base, outcome=outcome, lines=lines, by_lot=said.by_lot), said


def decided(decision: Decision, said: Answer | None) -> Mapping[str, object]:
    """Return what is kept of a decision: its fields, and the answer where there was more to choose than yes and no."""
    plain = {field.name: getattr(decision, field.name) for field in fields(decision)}
    return {**plain, "answer": said} if said else plain
