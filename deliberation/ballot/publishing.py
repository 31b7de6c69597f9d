"""How much of a count may be told, and to whom. Pure.

The result of a body that binds (民法典 278 条, 居委会组织法) is told to the vote: the law wants it published so that it
can be contested. What no law asks for, an advisory question or a table by building, is only told as finely as gives
nobody's vote away. Source: the threat model, "Open data rules" and "Area-weighted totals".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from community.places.rules import by_number
from deliberation.ballot.leak import ELIGIBLE, Cast, Detail, Verdict, guard, rounded
from deliberation.ballot.shares import Weight
from deliberation.body.rules import Effect

WHOLE: Final = Verdict(Detail.EXACT, 1, 0)
REST: Final = ""  # the name of the cell that holds what was too small to be shown by itself


@dataclass(frozen=True, slots=True)
class Took:
    """How many heads of a building took part, of how many."""

    building: str
    heads: int
    eligible: int


@dataclass(frozen=True, slots=True)
class Cell:
    """How one building voted, by heads; `REST` is everything else together."""

    building: str
    yes: int
    no: int
    abstain: int


def verdict(effect: Effect, cast: Sequence[Cast]) -> Verdict:
    """Return how finely a count is told to the public."""
    return WHOLE if effect is Effect.BINDING else guard(cast)


def coarse(piles: Mapping[str, Weight], detail: Detail, grain: int) -> Mapping[str, Weight]:
    """Return the piles as they may be told; nothing at all when only the outcome may."""
    if detail is Detail.OUTCOME:
        return {}
    return {name: replace(pile, area=rounded(pile.area, max(grain, 1))) for name, pile in piles.items()}


def turnout_by_building(took: Sequence[Took]) -> list[Took]:
    """Return the turnout of buildings of enough heads, and of all others together, if those are enough.

    Smaller ones are merged, and one more with them as long as what is merged could be had by subtraction.
    """
    ranked = sorted(took, key=lambda each: (-each.eligible, each.building))
    shown = [each for each in ranked if each.eligible >= ELIGIBLE]
    rest = ranked[len(shown) :]
    while rest and shown and sum(each.eligible for each in rest) < ELIGIBLE:
        rest.append(shown.pop())
    if not shown:
        return []
    other = Took(REST, sum(each.heads for each in rest), sum(each.eligible for each in rest))
    return [*sorted(shown, key=lambda each: by_number(each.building)), *([other] if rest else [])]


def choices_by_building(cast: Mapping[str, Sequence[str]]) -> list[Cell]:
    """Return how buildings voted, by heads; a small or unanimous one only within all the others together.

    What is left over is merged with one more building as long as it would itself give somebody away.
    """
    ranked = sorted(cast, key=lambda name: (-len(cast[name]), name))
    shown = [name for name in ranked if _safe(cast[name])]
    rest = [name for name in ranked if name not in shown]
    while rest and shown and not _safe([choice for name in rest for choice in cast[name]]):
        rest.append(shown.pop())
    if not shown:
        return []
    cells = [_cell(name, cast[name]) for name in sorted(shown, key=by_number)]
    return [*cells, *([_cell(REST, [choice for name in rest for choice in cast[name]])] if rest else [])]


def _safe(choices: Sequence[str]) -> bool:
    return guard([Cast(0, each) for each in choices]).detail is Detail.EXACT


def _cell(name: str, choices: Sequence[str]) -> Cell:
    return Cell(name, *(sum(each == one for each in choices) for one in ("yes", "no", "abstain")))
