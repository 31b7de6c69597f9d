"""What is kept as canonical JSON and read back exactly: the rule frozen with a ballot, the lines of its decision."""

import json
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from deliberation.ballot.certify import canonical
from deliberation.ballot.decide import Line, Stage
from deliberation.ballot.roll import Electorate, How, Scope
from deliberation.ballot.rules import Confidence, DecisionRule, HeadKey, Participation, Silence, Tie
from deliberation.ballot.shares import Basis, Bound, Part, Threshold

WORDS: Final[dict[str, type[StrEnum]]] = {
    "electorate": Electorate,
    "head_key": HeadKey,
    "participation": Participation,
    "silence": Silence,
    "tie": Tie,
    "confidence": Confidence,
}
SETS: Final[dict[str, type[StrEnum]]] = {"scopes": Scope, "served_by": How}
LINES: Final = ("quorum", "approve")
DATES: Final = ("effective_from", "effective_to")


def freeze(rule: DecisionRule) -> str:
    """Return the canonical JSON of a rule."""
    return canonical(rule)


def thaw(text: str) -> DecisionRule:
    """Return the rule that was frozen as ``text``."""
    return DecisionRule(**{key: _value(key, value) for key, value in json.loads(text).items()})


def line_from(table: dict[str, Any]) -> Line:
    """Return a line of a decision that was stored as canonical JSON."""
    return Line(Stage(table["stage"]), _line(table["threshold"]), table["numerator"], table["denominator"])


def _value(key: str, value: Any) -> Any:  # noqa: ANN401 - JSON in, the field's own type out
    if key in WORDS:
        return WORDS[key](value)
    if key in SETS:
        return frozenset(SETS[key](word) for word in value)
    if key in LINES:
        return tuple(_line(line) for line in value)
    if key in DATES:
        return value and date.fromisoformat(value)
    return value


def _line(line: dict[str, str]) -> Threshold:
    return Threshold(
        Basis(line["basis"]),
        Part(line["count"]),
        Part(line["of"]),
        Bound(line["bound"]),
        Fraction(line["share"]),
        line["source"],
    )
