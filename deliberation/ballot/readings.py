"""读法 — what the law leaves to a body's own rules of procedure; chosen before the notice and frozen with the rule.

Source: 建筑物区分所有权解释 2、8、9 (车位、人数); 四川 31、达州 14、聊城 16 (送达与不表态).
"""

from collections.abc import Iterable
from typing import Final

from community.errors import Unfit
from community.law.packs import tables
from deliberation.ballot.compare import Switch, readings
from deliberation.ballot.rules import DecisionRule

SILENT: Final = frozenset({Switch.STRICT, Switch.ABSTAIN, Switch.MAJORITY})
OPEN: Final = {
    str(table["id"]): tuple(Switch[name] for name in names)
    for table in tables()
    if isinstance(names := table.get("open"), list)
}
"""By rule, the switches that its pack leaves to the rules of procedure."""

POINTS: Final = {
    Switch.PARKING_IN_AREA: "parking_in_area",
    Switch.PARKING_IN_HEADS: "parking_in_heads",
    Switch.INVALID: "invalid_participates",
    Switch.HEAD_KEY: "head_key",
    Switch.STRICT: "silence",
    Switch.ABSTAIN: "silence",
    Switch.MAJORITY: "silence",
}


def left_open(rule: DecisionRule) -> tuple[Switch, ...]:
    """Return the switches that a body may turn."""
    return OPEN.get(rule.id, ())


def points(rule: DecisionRule) -> tuple[tuple[str, object], ...]:
    """Return how the rule stands on every point that was left open, as field and value."""
    fields = dict.fromkeys(POINTS[switch] for switch in left_open(rule))
    return tuple((field, getattr(rule, field)) for field in fields)


def read_as(rule: DecisionRule, chosen: Iterable[Switch]) -> DecisionRule:
    """Return the rule with the chosen switches turned.

    Raises:
        Unfit: one of them is not left open, or silence is read in two ways.
    """
    wanted = frozenset(chosen)
    if wanted - set(left_open(rule)):
        raise Unfit("法律没有把这一点留给议事规则，不能改。", field="readings")
    if len(wanted & SILENT) > 1:
        raise Unfit("不表态怎么算，只能选一种。", field="readings")
    for switch in sorted(wanted):
        rule = readings(rule).get(switch, rule)
    return rule


def lawful(rule: DecisionRule) -> tuple[tuple[Switch | None, DecisionRule], ...]:
    """Return the rule as it stands, and with each switch turned that is left open."""
    turned = readings(rule)
    others = [(switch, turned[switch]) for switch in left_open(rule) if switch in turned]
    return ((None, rule), *others)
