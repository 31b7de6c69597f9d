"""Whether published totals give a single vote away, and how coarse they must be made so that they do not. Pure.

Totals by choice, of heads and of area, name the voters as soon as only one way of voting adds up to them: identical
flat types do not help, a unanimous type is exposed. What follows from totals is found exactly for small numbers of
voters. For large ones a voter counts as safe only when another way of voting, in which they voted otherwise, is
found; whoever is not shown to be safe counts as exposed.

Source: the measurements and rules are those of the project's threat model for area-weighted totals; the finding
that few, unequal weights reveal voters is Kuriwaki, Lewis, Morse, "The still secret ballot", 2023.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, combinations_with_replacement
from typing import Final

GRAINS: Final = (1, 100, 1000)  # 0.01 m² each: exact, whole m², tens of m²
STATES: Final = 70_000  # ways kept in mind at once before everybody not yet shown to be safe counts as exposed
PAIRS: Final = 300  # kinds of votes of one choice that are tried two against two
CAST: Final = 10  # votes below which a cell is not published at all
ELIGIBLE: Final = 10  # heads below which not even the turnout of a building is


class Detail(StrEnum):
    """How much of a count may be told."""

    EXACT = "exact"  # 一票一平方米都写
    ROUNDED = "rounded"  # 面积取整
    OUTCOME = "outcome"  # 只写是否达到


@dataclass(frozen=True, slots=True)
class Cast:
    """One vote as the guard sees it: its weight (0.01 m²) and what it said."""

    area: int
    choice: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be told: how much, the grain of areas (0.01 m²), and how many would be exposed by the exact totals."""

    detail: Detail
    grain: int
    exposed: int


def guard(votes: Sequence[Cast]) -> Verdict:
    """Return the finest detail at which nobody's vote follows from the totals."""
    first = exposed(votes)
    for grain in GRAINS:
        if len(votes) >= CAST and not (first if grain == 1 else exposed(votes, grain=grain)):
            return Verdict(Detail.EXACT if grain == 1 else Detail.ROUNDED, grain, len(first))
    return Verdict(Detail.OUTCOME, 0, len(first))


def exposed(votes: Sequence[Cast], *, grain: int = 1) -> frozenset[int]:
    """Return which votes (by their place in the list) follow from the totals by choice, areas rounded to ``grain``."""
    kinds = Counter((vote.area, vote.choice) for vote in votes)
    open_kinds = _swappable(kinds, grain)
    if len(open_kinds) < len(kinds):
        open_kinds |= _pairs_swappable(kinds)
    left = {kind for kind in kinds if kind not in open_kinds}
    if left and (ways := _ways(kinds, grain)) is not None:
        left = {kind for kind in left if _fixed(kind, ways, kinds)}
    return frozenset(n for n, vote in enumerate(votes) if (vote.area, vote.choice) in left)


def rounded(area: int, grain: int) -> int:
    """Return an area as it would be published, to the nearest multiple, halves up.

    >>> rounded(12_349, 100), rounded(12_350, 100)
    (12300, 12400)
    """
    return (area + grain // 2) // grain * grain


Kind = tuple[int, str]
Split = tuple[int, ...]


def _swappable(kinds: Mapping[Kind, int], grain: int) -> frozenset[Kind]:
    """Return the kinds of votes of which one could be exchanged with another choice and the totals still read alike."""
    totals = _totals(kinds)
    found: set[Kind] = set()
    for a in kinds:
        for b in kinds:
            if a[1] < b[1] and _reads_alike(a, b, totals, grain):
                found |= {a, b}
    return frozenset(found)


def _reads_alike(a: Kind, b: Kind, totals: Mapping[str, int], grain: int) -> bool:
    moved = b[0] - a[0]
    one, other = totals[a[1]], totals[b[1]]
    return rounded(one + moved, grain) == rounded(one, grain) and rounded(other - moved, grain) == rounded(other, grain)


def _pairs_swappable(kinds: Mapping[Kind, int]) -> frozenset[Kind]:
    """Return the kinds of which two together weigh as much as two of another choice: those four could be exchanged."""
    choices = sorted({choice for _, choice in kinds})
    sums = {choice: _pair_sums(kinds, choice) for choice in choices}
    found: set[Kind] = set()
    for a, b in combinations(choices, 2):
        for total in sums[a].keys() & sums[b].keys():
            found |= {(area, a) for area in sums[a][total]} | {(area, b) for area in sums[b][total]}
    return frozenset(found)


def _pair_sums(kinds: Mapping[Kind, int], choice: str) -> Mapping[int, set[int]]:
    """Return by sum the areas of pairs of votes for a choice that weigh so much together."""
    areas = [area for area, each in kinds if each == choice][:PAIRS]
    found: dict[int, set[int]] = {}
    for a, b in combinations_with_replacement(areas, 2):
        if a != b or kinds[a, choice] > 1:
            found.setdefault(a + b, set()).update((a, b))
    return found


def _totals(kinds: Mapping[Kind, int]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for (area, choice), count in kinds.items():
        found[choice] += area * count
    return found


def _ways(kinds: Mapping[Kind, int], grain: int) -> Mapping[int, set[Split]] | None:
    """Return by area every split of its voters over the choices that occurs in a way that adds up; None when too many.

    A way gives each area a split, how many of its voters said each choice. Ways are walked from both ends, so that
    what remains possible for one area is what some beginning and some end leave open together.
    """
    choices = sorted({choice for _, choice in kinds})
    areas = sorted({area for area, _ in kinds})
    sizes = {area: sum(kinds.get((area, choice), 0) for choice in choices) for area in areas}
    steps = {area: list(_splits(sizes[area], len(choices))) for area in areas}
    start: Split = (0,) * (2 * len(choices))
    aim = _aim(kinds, choices)
    most = (*aim[: len(choices)], *(total + grain for total in aim[len(choices) :]))
    before = _walk(start, areas, steps, most)
    after = before and _walk(start, areas[::-1], steps, most)
    if before is None or after is None:
        return None
    found: dict[int, set[Split]] = {}
    for n, area in enumerate(areas):
        ends = after[len(areas) - n - 1]
        found[area] = {
            split for split in steps[area] if _meets((_plus(each, area, split) for each in before[n]), ends, aim, grain)
        }
    return found


def _walk(
    start: Split, areas: Sequence[int], steps: Mapping[int, Sequence[Split]], most: Split
) -> list[set[Split]] | None:
    """Return what can be reached before each area and after the last, within ``most``; None when that is too much."""
    reached = [{start}]
    for area in areas:
        onward: set[Split] = set()
        for state in reached[-1]:
            tried = (_plus(state, area, split) for split in steps[area])
            onward.update(each for each in tried if all(a <= b for a, b in zip(each, most, strict=True)))
            if len(onward) > STATES:
                return None
        reached.append(onward)
    return reached


def _plus(state: Split, area: int, split: Split) -> Split:
    """Return a state (heads of each choice, then areas of each choice) after an area's voters spoke."""
    k = len(split)
    return (*(state[n] + split[n] for n in range(k)), *(state[k + n] + area * split[n] for n in range(k)))


def _aim(kinds: Mapping[Kind, int], choices: Sequence[str]) -> Split:
    heads = tuple(sum(count for (_, choice), count in kinds.items() if choice == each) for each in choices)
    totals = _totals(kinds)
    return (*heads, *(totals[choice] for choice in choices))


def _meets(starts: Iterable[Split], ends: set[Split], aim: Split, grain: int) -> bool:
    """Return whether some beginning and some end together read like the published totals."""
    if grain == 1:
        return any(tuple(a - b for a, b in zip(aim, state, strict=True)) in ends for state in starts)
    k = len(aim) // 2
    shown = tuple(rounded(total, grain) for total in aim[k:])
    by_heads: dict[Split, list[Split]] = {}
    for each in ends:
        by_heads.setdefault(each[:k], []).append(each[k:])
    for state in starts:
        wanted = tuple(a - b for a, b in zip(aim[:k], state[:k], strict=True))
        for rest in by_heads.get(wanted, ()):
            if tuple(rounded(a + b, grain) for a, b in zip(state[k:], rest, strict=True)) == shown:
                return True
    return False


def _splits(size: int, parts: int) -> Iterable[Split]:
    """Return every way of giving ``size`` voters to so many choices."""
    if parts == 1:
        yield (size,)
        return
    for first in range(size + 1):
        for rest in _splits(size - first, parts - 1):
            yield (first, *rest)


def _fixed(kind: Kind, ways: Mapping[int, set[Split]], kinds: Mapping[Kind, int]) -> bool:
    """Return whether in every way that adds up all voters of this area said the same choice as this one."""
    area, choice = kind
    choices = sorted({each for _, each in kinds})
    size = sum(kinds.get((area, each), 0) for each in choices)
    place = choices.index(choice)
    return all(split[place] == size for split in ways[area])
