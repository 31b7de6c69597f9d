"""What a budget round is: a sum, projects with costs, and ballots as points on projects. Pure; money in whole units."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """How a ballot is filled in."""

    APPROVAL = "approval"  # 勾选赞成的
    POINTS = "cumulative"  # 给项目打分
    RANKED = "ordinal"  # 排先后
    KNAPSACK = "knapsack"  # 在总额内挑选


@dataclass(frozen=True, slots=True)
class Project:
    """Something that money could be spent on; ``cost`` in fen, or in the unit of a file."""

    key: str
    cost: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What some voters said alike: points on projects (1 each where points are not given), and how many they are."""

    points: Mapping[str, int]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Round:
    """A round ready to be counted. Costs and the sum are whole numbers of one unit."""

    budget: int
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    kind: Kind = Kind.APPROVAL

    @property
    def voters(self) -> int:
        """Return how many handed in a ballot."""
        return sum(ballot.count for ballot in self.ballots)

    def votes(self) -> Counter[str]:
        """Return by project how many voters named it."""
        found: Counter[str] = Counter({project.key: 0 for project in self.projects})
        for ballot in self.ballots:
            for key in ballot.points:
                found[key] += ballot.count
        return found

    def scores(self) -> Counter[str]:
        """Return by project the points it was given; the votes where ballots carry no points."""
        found: Counter[str] = Counter({project.key: 0 for project in self.projects})
        for ballot in self.ballots:
            for key, points in ballot.points.items():
                found[key] += points * ballot.count
        return found


class Why(StrEnum):
    """Why a project won or did not."""

    WON = "won"  # 选中
    FILLED = "filled"  # 余款补选
    NO_MONEY = "no_money"  # 轮到它时钱不够
    NO_SUPPORT = "no_support"  # 没有人选
    TOO_DEAR = "too_dear"  # 比总额还贵
    SUPPORTERS_SHORT = "supporters_short"  # 支持它的人剩下的份额不够


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one project: why, what was left when it was looked at, and its support.

    ``left`` is the money left (greedy) or the money its supporters had left (equal shares); ``each`` what a
    supporter paid at most (equal shares only).
    """

    project: Project
    why: Why
    support: int
    left: Fraction
    each: Fraction | None = None

    @property
    def won(self) -> bool:
        """Return whether it is funded."""
        return self.why in (Why.WON, Why.FILLED)


@dataclass(frozen=True, slots=True)
class Counted:
    """One way of counting: its name, every project with its reason, in the order in which they were looked at."""

    method: str
    steps: tuple[Step, ...]

    @property
    def won(self) -> tuple[Project, ...]:
        """Return what is funded, in the order in which it was chosen."""
        return tuple(step.project for step in self.steps if step.won)

    @property
    def spent(self) -> int:
        """Return the money spent."""
        return sum(project.cost for project in self.won)


def gathered(ballots: Iterable[Mapping[str, int]]) -> tuple[Ballot, ...]:
    """Return ballots that say the same as one with a count, in the order in which they first came.

    >>> gathered([{"a": 1}, {"b": 1}, {"a": 1}])
    (Ballot(points={'a': 1}, count=2), Ballot(points={'b': 1}, count=1))
    """
    found = Counter(tuple(sorted(points.items())) for points in ballots)
    return tuple(Ballot(dict(points), count) for points, count in found.items())


def breaches(ballot: Mapping[str, int], projects: Mapping[str, int], *, kind: Kind, budget: int, most: int) -> str:
    """Return what is wrong with a ballot as a Chinese sentence with ``{most}``, or nothing when it counts.

    Args:
        ballot: points by project.
        projects: costs by project.
        kind: how ballots are filled in.
        budget: the sum of the round.
        most: projects that may be named, or points that may be given.
    """
    if not ballot or any(points <= 0 for points in ballot.values()):
        return "请至少选一个项目。"
    if any(key not in projects for key in ballot):
        return "有一个项目不在这一轮里，请刷新后再选。"
    if kind is Kind.KNAPSACK:
        return "您选的加起来超过了总额，请去掉一些。" if sum(projects[key] for key in ballot) > budget else ""
    if kind is Kind.POINTS:
        return "您一共只有 {most} 分，请少给一些。" if sum(ballot.values()) > most else ""
    return "最多选 {most} 个项目，请去掉一些。" if len(ballot) > most else ""
