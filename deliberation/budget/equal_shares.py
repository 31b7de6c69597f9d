"""The Method of Equal Shares: every voter an equal share of the sum, spent only on what they voted for.

Source: D. Peters, G. Pierczyński, P. Skowron, "Proportional Participatory Budgeting with Additive Utilities",
NeurIPS 2021. All sums are exact fractions. Voters with the same ballot always have the same money left, so the
count goes over kinds of ballots, not over voters.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from deliberation.budget.greedy import ranked
from deliberation.budget.rules import Ballot, Counted, Project, Round, Step, Why

NAME: Final = "equal_shares"
Watch = Callable[[int, int], None]


class Utility(StrEnum):
    """What a voter has from a funded project they named."""

    COST = "cost"  # 按花费
    COUNT = "count"  # 按个数
    POINTS = "points"  # 按打分


class Completion(StrEnum):
    """What happens with money that no group of supporters can spend together."""

    NONE = "none"  # 留着不花
    GREEDY = "greedy"  # 余款按票数补选
    ADD_ONE = "add_one"  # 每人份额逐步加一，直到再加就超出总额


@dataclass(slots=True)
class _Purse:
    """Voters with the same ballot, and what each of them has left."""

    ballot: Ballot
    left: Fraction


@dataclass(slots=True)
class _Market:
    """A run: purses by project, the utility of a project to a purse."""

    round_: Round
    utility: Utility
    share: Fraction
    purses: dict[str, list[_Purse]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for ballot in self.round_.ballots:
            purse = _Purse(ballot, self.share)
            for key in ballot.points:
                self.purses.setdefault(key, []).append(purse)

    def worth(self, project: Project, purse: _Purse) -> int:
        """Return what one voter has from the project."""
        if self.utility is Utility.POINTS:
            return purse.ballot.points[project.key]
        return project.cost if self.utility is Utility.COST else 1

    def money(self, project: Project) -> Fraction:
        """Return what its supporters have left together."""
        found = self.purses.get(project.key, [])
        return sum((purse.left * purse.ballot.count for purse in found), Fraction(0))

    def price(self, project: Project) -> Fraction | None:
        """Return the least ρ at which supporters can pay min(left, ρ · worth) each; None when they cannot."""
        purses = [(purse, self.worth(project, purse)) for purse in self.purses.get(project.key, ())]
        due = Fraction(project.cost)
        weight = sum(worth * purse.ballot.count for purse, worth in purses)
        for purse, worth in sorted(purses, key=lambda pair: pair[0].left / pair[1]):
            if purse.left * weight >= due * worth:
                return due / weight
            due -= purse.left * purse.ballot.count
            weight -= worth * purse.ballot.count
        return None

    def pay(self, project: Project, price: Fraction) -> Fraction:
        """Let the supporters pay and return what one of them paid at most."""
        most = Fraction(0)
        for purse in self.purses[project.key]:
            paid = min(purse.left, price * self.worth(project, purse))
            purse.left -= paid
            most = max(most, paid)
        return most


def equal_shares(
    round_: Round,
    *,
    utility: Utility = Utility.COST,
    completion: Completion = Completion.GREEDY,
    watch: Watch | None = None,
) -> Counted:
    """Choose by equal shares; equals by more support, then lower cost, then as listed.

    Args:
        round_: the round.
        utility: what a project is worth to a voter who named it.
        completion: what becomes of money that is left; its name is part of the method's.
        watch: told (done, in all) now and then, for a progress bar.
    """
    name = f"{NAME}/{utility}/{completion}"
    if not round_.voters:
        return Counted(name, tuple(_silent(project, round_) for project in round_.projects))
    share = Fraction(round_.budget, round_.voters)
    steps = _run(round_, utility, share, watch)
    if completion is Completion.ADD_ONE:
        steps = _added(round_, utility, share, steps, watch)
    return Counted(name, _filled(round_, steps) if completion is not Completion.NONE else steps)


def _run(round_: Round, utility: Utility, share: Fraction, watch: Watch | None = None) -> tuple[Step, ...]:
    """Return what is bought with a share each, in order, then what is not with its reason."""
    market, scores = _Market(round_, utility, share), round_.scores()
    order = {project.key: n for n, project in enumerate(ranked(round_.projects, scores))}
    open_ = {project.key: project for project in round_.projects if market.money(project) and project.cost > 0}
    # A price only rises while money is spent, so an old one is a lower bound: look again only at the cheapest.
    heap = [(Fraction(0), order[key], key) for key in open_]
    heapq.heapify(heap)
    steps: list[Step] = []
    while heap:
        known, place, key = heapq.heappop(heap)
        project = open_[key]
        price = market.price(project)
        if price is None:
            continue
        if heap and (price, place) > (heap[0][0], heap[0][1]) and price != known:
            heapq.heappush(heap, (price, place, key))
            continue
        before = market.money(project)
        steps.append(Step(project, Why.WON, scores[key], before, market.pay(project, price)))
        if watch:
            watch(len(steps), len(order))
    return (*steps, *_rest(round_, market, steps, scores))


def _rest(round_: Round, market: _Market, steps: Sequence[Step], scores: Mapping[str, int]) -> list[Step]:
    won = {step.project.key for step in steps}
    left = [project for project in ranked(round_.projects, dict(scores)) if project.key not in won]
    return [Step(each, _reason(each, round_, scores), scores[each.key], market.money(each)) for each in left]


def _reason(project: Project, round_: Round, scores: Mapping[str, int]) -> Why:
    if not scores[project.key]:
        return Why.NO_SUPPORT
    return Why.TOO_DEAR if project.cost > round_.budget else Why.SUPPORTERS_SHORT


def _silent(project: Project, round_: Round) -> Step:
    return Step(project, Why.NO_SUPPORT, 0, Fraction(round_.budget))


def _added(
    round_: Round, utility: Utility, share: Fraction, steps: tuple[Step, ...], watch: Watch | None
) -> tuple[Step, ...]:
    """Return the run with the largest share, in whole steps of one, that the sum still pays for."""
    while True:
        share += 1
        more = _run(round_, utility, share, watch)
        if _cost(more) > round_.budget or _all_won(more):
            return more if _cost(more) <= round_.budget else steps
        steps = more


def _all_won(steps: Sequence[Step]) -> bool:
    return all(step.won or step.why in (Why.NO_SUPPORT, Why.TOO_DEAR) for step in steps)


def _cost(steps: Sequence[Step]) -> int:
    return sum(step.project.cost for step in steps if step.won)


def _filled(round_: Round, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the run with what still fits the rest of the sum, most support first."""
    left, found = round_.budget - _cost(steps), []
    for step in steps:
        fits = step.why is Why.SUPPORTERS_SHORT and step.project.cost <= left
        left -= step.project.cost if fits else 0
        found.append(Step(step.project, Why.FILLED, step.support, step.left) if fits else step)
    return tuple(found)
