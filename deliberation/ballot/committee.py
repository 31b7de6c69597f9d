"""Who may sit together: a set of winners can be unlawful although each of them won."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.papers import Candidate


@dataclass(frozen=True, slots=True)
class Composition:
    """What a committee must look like, and the article that says so."""

    woman: bool
    kin_apart: bool
    source: str


RESIDENTS_COMMITTEE: Final = Composition(woman=True, kin_apart=True, source="城市居民委员会组织法（2025）8 条")
VILLAGERS_COMMITTEE: Final = Composition(woman=True, kin_apart=True, source="村民委员会组织法（2025）8 条")
ANY: Final = Composition(woman=False, kin_apart=False, source="")


def breaches(composition: Composition, members: Iterable[Candidate], *, complete: bool) -> tuple[Doubt, ...]:
    """Return what is wrong with the members together; ``complete`` says that no seat is open any more.

    Who gives way to whom is for the provincial election rules and for people; it is not guessed here.
    """
    seated = list(members)
    people = [member.who for member in seated]
    twice = tuple(sorted({who for who in people if people.count(who) > 1}))
    kin = tuple(
        f"{one.who}、{other.who}"
        for one, other in combinations(sorted(seated, key=lambda member: member.who), 2)
        if composition.kin_apart and (one.who in other.kin or other.who in one.kin)
    )
    no_woman = composition.woman and complete and not any(member.woman for member in seated)
    found = ((Reason.TWO_OFFICES, twice), (Reason.KIN, kin))
    return (
        *(Doubt(reason, which) for reason, which in found if which),
        *([Doubt(Reason.NO_WOMAN)] if no_woman else []),
    )
