"""From data to rules: reads the table of a rule from a pack, and finds the rule that holds on a day.

A line of a table names its bases, the part counted, the part it is measured against, and one bound:
``at_least`` (以上), ``over`` (过半数、超过) or ``at_most`` (不超过), as in ``"over": "1/2"``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeAlias, TypeVar

from community.law.packs import holds_in, tables
from deliberation.ballot.roll import Electorate, How, Scope
from deliberation.ballot.rules import Confidence, DecisionRule, HeadKey, Participation, Silence, Tie
from deliberation.ballot.shares import Basis, Bound, Part, Threshold

Table: TypeAlias = Mapping[str, object]
Word = TypeVar("Word", bound=StrEnum)

WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "electorate": Electorate,
    "head_key": HeadKey,
    "participation": Participation,
    "silence": Silence,
    "tie": Tie,
    "confidence": Confidence,
}
SETS: Final[Mapping[str, type[StrEnum]]] = {"scopes": Scope, "served_by": How}
LINES: Final = ("quorum", "approve")
DATES: Final = ("effective_from", "effective_to")
SWITCHES: Final = ("parking_in_area", "parking_in_heads", "invalid_participates", "audit_only", "changeable")
KNOWN: Final = frozenset(field.name for field in fields(DecisionRule))
BESIDE: Final = ("cites", "open", "over")  # keys of a table that say something about the rule and are no part of it
LINE_KEYS: Final = frozenset({"bases", "count", "of", "source", *Bound})


def rules_from(tables: Iterable[Table]) -> tuple[DecisionRule, ...]:
    """Read many tables."""
    return tuple(rule_from(table) for table in tables)


def rule_from(table: Table) -> DecisionRule:
    """Read one table.

    Raises:
        ValueError: a key is unknown or missing, or a value is not one that the rule can hold.
    """
    table = {key: value for key, value in table.items() if key not in BESIDE}
    if unknown := table.keys() - KNOWN:
        raise ValueError(f"unknown keys in a rule: {sorted(unknown)}")
    try:
        values = {"quorum": (), "effective_from": None} | {key: _value(key, table) for key in table}
        return DecisionRule(**values)  # type: ignore[arg-type]  # every value was read by its key
    except TypeError as problem:
        raise ValueError(f"rule {table.get('id')}: {problem}") from problem


def _value(key: str, table: Table) -> object:
    """Read one value by its key."""
    value = table[key]
    if key in WORDS:
        return WORDS[key](str(value))
    if key in SETS:
        return frozenset(SETS[key](word) for word in _texts(value))
    if key in LINES:
        return tuple(_thresholds(value, str(table.get("source", ""))))
    if key in DATES:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if key in SWITCHES and not isinstance(value, bool):
        raise ValueError(f"{key} is true or false, not {value!r}")
    return value if key in SWITCHES else str(value)


def _texts(value: object) -> list[str]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"expected a list, not {value!r}")  # noqa: TRY004  # bad data, whatever its type
    return [str(word) for word in value]


def _thresholds(value: object, source: str) -> Iterator[Threshold]:
    """Read lines; a line of two bases is two thresholds."""
    for line in value if isinstance(value, list | tuple) else [value]:
        if not isinstance(line, Mapping) or line.keys() - LINE_KEYS or not {"bases", "count", "of"} <= line.keys():
            raise ValueError(f"not a line of a rule: {line!r}")
        bounds = [bound for bound in Bound if bound in line]
        if len(bounds) != 1 or not isinstance(line[bounds[0]], str):
            raise ValueError(f"a line has one bound, written as '2/3': {line!r}")
        share = Fraction(line[bounds[0]])
        where = str(line.get("source", source))
        for basis in _texts(line["bases"]):
            yield Threshold(Basis(basis), Part(line["count"]), Part(line["of"]), bounds[0], share, where)


NATIONAL: Final = rules_from(tables())


def rule(name: str, *, on: date | None = None, among: Iterable[DecisionRule] = NATIONAL) -> DecisionRule:
    """Return the rule of that name, the one in force on a day when a day is given.

    Raises:
        LookupError: no such rule, or none in force on that day. There is no nearest rule.
    """
    found = [each for each in among if each.id == name and (on is None or each.in_force(on))]
    if len(found) != 1:
        raise LookupError(f"{len(found)} rules are called {name!r}" + (f" on {on}" if on else ""))
    return found[0]


OVERS: Final = {str(table["id"]): str(table["over"]) for table in tables() if "over" in table}
"""By rule of a province, the rule of the nation that it takes the place of there."""


def law_in(code: str, national: DecisionRule, *, on: date) -> DecisionRule:
    """Return what holds in the place of a division code: the province's rule where it has one, else the nation's.

    >>> law_in("510107001001", rule("civ278.major"), on=date(2026, 5, 4)).id
    'sichuan.major'
    >>> law_in("110107001001", rule("civ278.major"), on=date(2026, 5, 4)).id
    'civ278.major'
    """
    here = [
        each
        for each in NATIONAL
        if OVERS.get(each.id) == national.id and holds_in(each.jurisdiction, f"CN-{code}") and each.in_force(on)
    ]
    return max(here, key=lambda each: len(each.jurisdiction), default=national)
