"""Most votes first, as long as the money lasts: how most cities count, and what it leaves out."""

from fractions import Fraction
from typing import Final

from deliberation.budget.rules import Counted, Project, Round, Step, Why

NAME: Final = "greedy"


def greedy(round_: Round, *, fewest: int = 0) -> Counted:
    """Choose by support, what no longer fits is passed over; equals by lower cost, then as listed.

    Args:
        round_: the round.
        fewest: votes without which a project is not looked at.
    """
    scores, votes = round_.scores(), round_.votes()
    left, steps = round_.budget, []
    for project in ranked(round_.projects, scores):
        why = _verdict(project, round_.budget, left, votes[project.key], fewest)
        steps.append(Step(project, why, scores[project.key], Fraction(left)))
        left -= project.cost if why is Why.WON else 0
    return Counted(NAME, tuple(steps))


def ranked(projects: tuple[Project, ...], scores: dict[str, int]) -> list[Project]:
    """Return projects by support, then lower cost, then as listed."""
    return sorted(projects, key=lambda project: (-scores[project.key], project.cost))


def _verdict(project: Project, budget: int, left: int, votes: int, fewest: int) -> Why:
    if votes == 0 or votes < fewest:
        return Why.NO_SUPPORT
    if project.cost > budget:
        return Why.TOO_DEAR
    return Why.WON if project.cost <= left else Why.NO_MONEY
