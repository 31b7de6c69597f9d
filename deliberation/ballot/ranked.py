"""Counting ranked ballots for advisory questions: plurality, instant run-off, Condorcet and Schulze. Deterministic.

Sources: T. N. Tideman, "Collective Decisions and Voting", 2006, ch. 11 (instant run-off); M. Schulze, "A new
monotonic, clone-independent, reversal symmetric, and condorcet-consistent single-winner election method",
Social Choice and Welfare 36, 2011, section 2 (strongest paths by winning votes). Ties are settled by the lot of
a seed published beforehand (`lot.drawn`), so that anybody counts to the same end.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from deliberation.ballot.lot import drawn

Pairs = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What ``count`` voters said alike: groups of options, the best first; unnamed options come last, equal."""

    groups: tuple[frozenset[str], ...]
    count: int = 1

    def tops(self, standing: frozenset[str]) -> frozenset[str]:
        """Return the best of those still standing; nothing when none was named."""
        return next((found for group in self.groups if (found := group & standing)), frozenset())


@dataclass(frozen=True, slots=True)
class Round:
    """One round of an instant run-off: votes by option, who leaves, and whether a lot decided that."""

    votes: Mapping[str, int]
    leaves: str | None
    by_lot: bool = False


@dataclass(frozen=True, slots=True)
class RunOff:
    """An instant run-off: its rounds and the winner, None without a single vote."""

    rounds: tuple[Round, ...]
    winner: str | None


def ranking(*options: str, count: int = 1) -> Ranking:
    """Return a ranking without equals.

    >>> ranking("甲", "乙").tops(frozenset({"乙", "丙"}))
    frozenset({'乙'})
    """
    return Ranking(tuple(frozenset({option}) for option in options), count)


def first_choices(rankings: Iterable[Ranking], standing: frozenset[str]) -> Counter[str]:
    """Return by option how many rank it first alone; a ballot whose best are equals counts for none of them."""
    votes: Counter[str] = Counter(dict.fromkeys(standing, 0))
    for each in rankings:
        tops = each.tops(standing)
        if len(tops) == 1:
            votes[next(iter(tops))] += each.count
    return votes


def run_off(rankings: Sequence[Ranking], options: Iterable[str], *, seed: str) -> RunOff:
    """Drop the option with the fewest first choices until one has more than half of those that still speak.

    Of equals the one leaves that had fewer in the latest round in which they differed; equal in all, the lot says.

    Args:
        rankings: the ballots.
        options: what stood to choose.
        seed: the published seed of the lot.
    """
    standing, rounds = frozenset(options), list[Round]()
    while standing:
        votes = first_choices(rankings, standing)
        leader, most = max(votes.items(), key=lambda pair: (pair[1], pair[0])) if votes else ("", 0)
        if most * 2 > votes.total() or len(standing) == 1:
            rounds.append(Round(votes, None))
            return RunOff(tuple(rounds), leader if most else None)
        last, by_lot = _last([*rounds, Round(votes, None)], f"{seed}|{len(rounds) + 1}")
        rounds.append(Round(votes, last, by_lot))
        standing -= {last}
        if len(standing) == 1 and most:
            return RunOff(tuple(rounds), next(iter(standing)))
    return RunOff(tuple(rounds), None)


def _last(rounds: Sequence[Round], seed: str) -> tuple[str, bool]:
    """Return who leaves after these rounds, and whether the lot said so."""
    equal = list(rounds[-1].votes)
    for each in reversed(rounds):
        fewest = min(each.votes[option] for option in equal)
        equal = [option for option in equal if each.votes[option] == fewest]
    return drawn(seed, equal)[-1], len(equal) > 1


def pairwise(rankings: Iterable[Ranking], options: Iterable[str]) -> Pairs:
    """Return by (a, b) how many prefer a to b; whoever was named is preferred to whoever was not."""
    everybody = frozenset(options)
    found: Counter[tuple[str, str]] = Counter()
    for each in rankings:
        below = everybody
        for group in each.groups:
            below -= group
            for a in group & everybody:
                for b in below:
                    found[a, b] += each.count
    return found


def condorcet(pairs: Pairs, options: Iterable[str]) -> str | None:
    """Return who beats every other in pairs, or None when nobody does."""
    everybody = list(options)
    for a in everybody:
        if all(pairs.get((a, b), 0) > pairs.get((b, a), 0) for b in everybody if b != a):
            return a
    return None


def schulze(pairs: Pairs, options: Iterable[str], *, seed: str) -> tuple[str, ...]:
    """Return the options by strongest paths, the best first; equals stand in the order of the lot."""
    everybody = list(options)
    strength = {
        (a, b): pairs.get((a, b), 0) if pairs.get((a, b), 0) > pairs.get((b, a), 0) else 0
        for a in everybody
        for b in everybody
        if a != b
    }
    for via, a, b in permutations(everybody, 3):
        strength[a, b] = max(strength[a, b], min(strength[a, via], strength[via, b]))
    beaten = {a: sum(strength[b, a] > strength[a, b] for b in everybody if b != a) for a in everybody}
    return tuple(sorted(drawn(seed, everybody), key=lambda option: beaten[option]))
