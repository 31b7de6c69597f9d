"""A result as pages show it: every line a fraction with its article, what was missing, and the piles."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from deliberation.ballot.decide import Line, Outcome, Stage
from deliberation.ballot.frozen import line_from, thaw
from deliberation.ballot.leak import Detail
from deliberation.ballot.models import Ballot, Result
from deliberation.ballot.publishing import coarse
from deliberation.ballot.readings import points
from deliberation.ballot.rules import Silence
from deliberation.ballot.shares import Bound, Part, Threshold, Weight
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Basis as RollBasis
from web.deliberation.ballot.words import OUTAGES, POINTS, WARNING
from web.words import N_

SHARES: Final = {
    Fraction(1, 3): N_("三分之一"),
    Fraction(1, 2): N_("二分之一"),
    Fraction(2, 3): N_("三分之二"),
    Fraction(3, 4): N_("四分之三"),
}
ASKS: Final = {
    (Part.TAKING_PART, Part.ALL, Bound.AT_LEAST): N_("参加表决的要达到全部的{share}"),
    (Part.TAKING_PART, Part.ALL, Bound.OVER): N_("参加表决的要超过全部的{share}"),
    (Part.YES, Part.TAKING_PART, Bound.AT_LEAST): N_("赞成的要达到参加表决的{share}"),
    (Part.YES, Part.TAKING_PART, Bound.OVER): N_("赞成的要超过参加表决的{share}"),
    (Part.YES, Part.ALL, Bound.AT_LEAST): N_("赞成的要达到全部的{share}"),
    (Part.YES, Part.ALL, Bound.OVER): N_("赞成的要超过全部的{share}"),
    (Part.NO, Part.ALL, Bound.AT_MOST): N_("反对的不能超过全部的{share}"),
}
WINS: Final = {
    (Part.YES, Part.TAKING_PART, Bound.AT_LEAST): N_("选上的得票要达到参加表决的{share}"),
    (Part.YES, Part.TAKING_PART, Bound.OVER): N_("选上的得票要超过参加表决的{share}"),
    (Part.YES, Part.ALL, Bound.AT_LEAST): N_("选上的得票要达到全部的{share}"),
    (Part.YES, Part.ALL, Bound.OVER): N_("选上的得票要超过全部的{share}"),
}
HEADS: Final = {RollBasis.RESIDENTS: "people", RollBasis.DELEGATES: "people"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A published result: the outcome, its lines, and how much said what."""

    outcome: Outcome
    lines: tuple[Line, ...]
    piles: Mapping[str, Weight]
    seal: str
    engine: str
    row: Result
    detail: Detail
    silent_as: Choice | None
    refused: int

    def at(self, stage: Stage) -> list[Line]:
        """Return the lines of one gate."""
        return [line for line in self.lines if line.stage is stage]


def shown_result(result: Result, *, exact: bool = False) -> Shown:
    """Read a stored result as the public is told it, or ``exact`` as those on the roll are."""
    decision, tally = json.loads(result.decision), json.loads(result.tally)
    lines = tuple(line_from(each) for each in decision["lines"])
    piles = {name: Weight(**tally[name]) for name in ("whole", "yes", "no", "abstain", "invalid", "silent")}
    engine = json.loads(result.certificate)["engine"]
    silent = Choice(tally["silent_as"]) if tally["silent_as"] else None
    detail = Detail.EXACT if exact else result.detail
    told = coarse(piles, detail, result.grain)
    return Shown(result.outcome, lines, told, result.seal, engine, result, detail, silent, len(tally["refused"]))


def thresholds(ballot: Ballot) -> list[tuple[Stage, Threshold]]:
    """Return what the rule frozen with a ballot asks for, gate by gate."""
    rule = thaw(ballot.rule_json)
    return [(Stage.QUORUM, each) for each in rule.quorum] + [(Stage.APPROVE, each) for each in rule.approve]


def points_of(ballot: Ballot) -> list[str]:
    """Return how the frozen rule stands on what the law left open, and how the close may be put off, as sentences."""
    rule = thaw(ballot.rule_json)
    found = [POINTS[point] for point in points(rule)] or [POINTS["silence", rule.silence]]
    return [*found, OUTAGES, *([WARNING] if rule.silence is Silence.MAJORITY else [])]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks for, as one sentence for ``said``; where there are options, of whoever ``elects``."""

    threshold: Threshold
    elects: bool = False

    @property
    def words(self) -> str:
        """Return what must reach which share of what, a message id with ``{share}``."""
        line = self.threshold.count, self.threshold.of, self.threshold.bound
        return WINS.get(line, ASKS[line]) if self.elects else ASKS[line]

    @property
    def share(self) -> str:
        """Return the share in words, a message id, or as a fraction where there are no words for it."""
        return SHARES.get(self.threshold.share, str(self.threshold.share))


def unit_of(ballot: Ballot) -> str:
    """Return what the heads of a ballot are, for ``ui.amount``."""
    return HEADS.get(ballot.roll.basis, "homes")


def masked(label: str) -> str:
    """Return a home with all but the first sign of its number hidden.

    >>> masked("1号楼 302")
    '1号楼 3**'
    """
    building, _, number = label.partition(" ")
    return f"{building} {number[:1]}**" if number else label
