"""The denominators: which entries are one head together, and what everybody weighs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.roll import JOIN, Electorate, Entry, Kind, Roll, Scope
from deliberation.ballot.rules import DecisionRule, HeadKey
from deliberation.ballot.shares import Basis, Weight


@dataclass(frozen=True, slots=True)
class Head:
    """One voice: an exact set of owners, whatever the number of parts they hold."""

    key: str
    owners: frozenset[str]
    weight: Weight


@dataclass(frozen=True, slots=True)
class Denominators:
    """Everybody: the heads in order of their keys, the weight of all of them, and what is doubtful.

    ``known_as`` finds a head by its own key and by the key of any owner set that it joins.
    """

    heads: tuple[Head, ...]
    whole: Weight
    doubts: tuple[Doubt, ...]
    known_as: Mapping[str, Head]


def head_key(owners: Iterable[object]) -> str:
    """Return the key of an owner set, the same for the database and the count.

    >>> head_key(["李", "安"])
    '安+李'
    """
    return JOIN.join(sorted({str(owner) for owner in owners}))


def denominators(roll: Roll, rule: DecisionRule) -> Denominators:
    """Return heads and area of everybody entitled under ``rule``.

    One exclusive part is one head; parts of the same owners are one together, and so is everything the
    developer still holds. Source: 建筑物区分所有权解释 8、9 条.
    """
    groups: dict[frozenset[str], list[Entry]] = defaultdict(list)
    holders = [entry.holders for entry in roll.entries]
    joined = _joined(set(holders), rule.head_key)
    for owners, entry in zip(holders, roll.entries, strict=True):
        groups[joined[owners]].append(entry)
    by_owners = {owners: _head(owners, entries, rule) for owners, entries in groups.items()}
    heads = tuple(sorted(by_owners.values(), key=lambda head: head.key))
    whole = Weight(sum(head.weight.heads for head in heads), sum(head.weight.area for head in heads))
    known_as = {head.key: head for head in heads}
    known_as |= {head_key(owners): by_owners[every] for owners, every in joined.items() if owners != every}
    return Denominators(heads, whole, _doubts(roll, rule, whole), known_as)


def _joined(sets: set[frozenset[str]], key: HeadKey) -> dict[frozenset[str], frozenset[str]]:
    """Map each owner set to the head it belongs to."""
    if key is HeadKey.EXACT_SET:
        return {owners: owners for owners in sets}
    circle: dict[str, frozenset[str]] = {}
    for owners in sets:
        merged = owners.union(*(circle.get(owner, owners) for owner in owners))
        circle.update(dict.fromkeys(merged, merged))
    return {owners: circle[next(iter(owners))] for owners in sets}


def _head(owners: frozenset[str], entries: list[Entry], rule: DecisionRule) -> Head:
    """Weigh one head: one voice if anything it holds gives a voice, and its countable area."""
    voice, area = rule.parking_in_heads, 0
    for entry in entries:
        voice = voice or entry.kind is not Kind.PARKING
        area += (entry.area or 0) if _has_area(entry, rule) else 0
    return Head(head_key(owners), owners, Weight(int(voice), area))


def _has_area(entry: Entry, rule: DecisionRule) -> bool:
    return rule.parking_in_area or entry.kind is not Kind.PARKING


def suits(roll: Electorate, rule: Electorate) -> bool:
    """Return whether a rule may be used on a roll: the delegates who decide are those who elect (居委会法 19 条).

    >>> suits(Electorate.MEMBERS, Electorate.REPRESENTATIVES), suits(Electorate.ADULTS, Electorate.OWNERS)
    (True, False)
    """
    return roll is rule or (roll is Electorate.MEMBERS and rule is Electorate.REPRESENTATIVES)


def _doubts(roll: Roll, rule: DecisionRule, whole: Weight) -> tuple[Doubt, ...]:
    weighed = roll.entries if Basis.AREA in rule.basis else ()
    nameless = sorted(str(e.key) for e in weighed if e.area is None and _has_area(e, rule))
    return doubts_of(rule, roll.electorate, roll.scope, whole, nameless)


def doubts_of(
    rule: DecisionRule, electorate: Electorate, scope: Scope, whole: Weight, unmeasured: Iterable[str]
) -> tuple[Doubt, ...]:
    """Return what about a roll makes every result doubtful; ``unmeasured`` are its parts without an area, sorted."""
    wrong = not suits(electorate, rule.electorate) or scope not in rule.scopes
    nameless, empty = tuple(unmeasured), any(whole.by(basis) == 0 for basis in rule.basis)
    return (
        *([Doubt(Reason.WRONG_ROLL, (rule.electorate.value, *sorted(rule.scopes)))] if wrong else []),
        *([Doubt(Reason.NO_AREA, nameless)] if nameless else []),
        *([Doubt(Reason.EMPTY_ROLL)] if empty else []),
    )
