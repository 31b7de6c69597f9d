"""Election papers: from the box, counted by hand, or from named papers of which the last one counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.heads import denominators
from deliberation.ballot.roll import Roll
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.shares import Weight


@dataclass(frozen=True, slots=True)
class Office:
    """A post to fill, and how many seats it has."""

    key: str
    seats: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody standing for one office; ``kin`` names the people who are close relatives (近亲属)."""

    key: str
    office: str
    person: str = ""
    woman: bool = False
    kin: frozenset[str] = frozenset()

    @property
    def who(self) -> str:
        """Return the person, who may stand for several offices."""
        return self.person or self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One voter's paper: the candidates marked, superseded by a higher ``order``."""

    voter: str
    marks: tuple[str, ...]
    order: int
    valid: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An election counted: entitled, papers handed out (None when not recorded), people who voted, votes for each.

    Where owners elect, the same by area, in units of 0.01 m².
    """

    entitled: int
    voted: int
    votes: Mapping[str, int]
    issued: int | None = None
    doubts: tuple[Doubt, ...] = ()
    whole_area: int = 0
    voted_area: int = 0
    areas: Mapping[str, int] = field(default_factory=dict)

    def weight(self, candidate: Candidate) -> Weight:
        """Return what a candidate got."""
        return Weight(self.votes.get(candidate.key, 0), self.areas.get(candidate.key, 0))


def counts_for(paper: Paper, office: Office, candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """Return the marks of a paper that count for an office: none when it marks more than the seats."""
    marked = tuple(c.key for c in candidates if c.office == office.key and c.key in paper.marks)
    return marked if len(marked) <= office.seats else ()


def is_sound(paper: Paper, candidates: Iterable[Candidate]) -> bool:
    """Return whether the paper names nobody twice and nobody who does not stand."""
    known = {candidate.key for candidate in candidates}
    return paper.valid and len(set(paper.marks)) == len(paper.marks) and known.issuperset(paper.marks)


def open_box(
    roll: Roll,
    papers: Iterable[Paper],
    offices: Iterable[Office],
    candidates: Iterable[Candidate],
    rule: DecisionRule,
) -> Box:
    """Count named papers. The order in which they are given does not matter."""
    everybody = denominators(roll, rule)
    cast = list(papers)
    strangers = {paper.voter for paper in cast if paper.voter not in everybody.known_as}
    final = _latest(paper for paper in cast if paper.voter not in strangers)
    held = tuple(sorted(voter for voter, last in final.items() if len(last) > 1))
    standing = [min(last, key=lambda paper: paper.marks) for last in final.values()]
    posts, names = list(offices), list(candidates)
    sound = [paper for paper in standing if is_sound(paper, names)]
    votes = Counter(mark for paper in sound for office in posts for mark in counts_for(paper, office, names))
    found = ((Reason.STRANGER, tuple(sorted(strangers))), (Reason.HELD, held))
    return Box(
        entitled=everybody.whole.heads,
        voted=len(standing) if rule.invalid_participates else len(sound),
        votes=dict(votes),
        doubts=everybody.doubts + tuple(Doubt(reason, which) for reason, which in found if which),
    )


def _latest(papers: Iterable[Paper]) -> dict[str, set[Paper]]:
    """Return the last paper of each voter; several different ones of the same order all stand."""
    last: dict[str, set[Paper]] = {}
    for paper in sorted(papers, key=lambda paper: paper.order):
        same = {other for other in last.get(paper.voter, ()) if other.order == paper.order}
        last[paper.voter] = same | {paper}
    return last
