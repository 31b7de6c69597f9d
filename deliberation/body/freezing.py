"""From the rows of the places room to the heads of a roll: pure, so the same rows always freeze to the same hash."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from deliberation.ballot.certify import digest
from deliberation.ballot.heads import head_key
from deliberation.body.rules import ADULT, DEVELOPER

SHOWN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One exclusive part, or one person. ``area`` is in 0.01 m², None for persons; ``kind`` as the places room says."""

    key: str
    kind: str | None = None
    building: str = ""
    label: str = ""
    area: int | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """A resident who may act for a head; ``key`` is their own part of the owner set."""

    resident_id: int
    key: str


@dataclass(slots=True)
class Draft:
    """One head of the roll to be."""

    key: str
    parts: list[Part] = field(default_factory=list)
    voices: dict[int, Voice] = field(default_factory=dict)

    @property
    def area(self) -> int:
        """Return the floor area of the head, in 0.01 m²."""
        return sum(part.area or 0 for part in self.parts)

    @property
    def label(self) -> str:
        """Return the first parts by name, so that people find themselves without anybody's name being shown."""
        names = [part.label for part in self.parts]
        return "、".join(names[:SHOWN]) + (f" 等 {len(names)} 处" if len(names) > SHOWN else "")


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner of one part: the row of the residents' roll when there is one, else a key."""

    key: str
    resident_id: int | None = None


def by_owners(parts: Iterable[Part], owners: Mapping[str, Iterable[Owner]], unsold: frozenset[str]) -> list[Draft]:
    """Return one head per exact set of owners; everything in ``unsold`` is the developer's, together one head.

    Source: 建筑物区分所有权解释 9 条.
    """
    drafts: dict[str, Draft] = {}
    for part in sorted(parts, key=lambda each: each.key):
        holders = [] if part.key in unsold else list(owners[part.key])
        key = head_key([owner.key for owner in holders]) if holders else DEVELOPER
        draft = drafts.setdefault(key, Draft(key))
        draft.parts.append(part)
        draft.voices.update({o.resident_id: Voice(o.resident_id, o.key) for o in holders if o.resident_id is not None})
    return [drafts[key] for key in sorted(drafts)]


def by_person(people: Iterable[tuple[Part, int]]) -> list[Draft]:
    """Return one head per resident, who acts for themselves."""
    return [Draft(part.key, [part], {number: Voice(number, part.key)}) for part, number in people]


def by_household(reps: Iterable[tuple[Part, int]]) -> list[Draft]:
    """Return one head per household; any of its representatives acts for it, the last word counts."""
    drafts: dict[str, Draft] = {}
    acting: dict[str, dict[int, Voice]] = defaultdict(dict)
    for part, number in reps:
        acting[part.key][number] = Voice(number, part.key)
        drafts.setdefault(part.key, Draft(part.key, [part])).voices = acting[part.key]
    return [drafts[key] for key in sorted(drafts)]


def is_adult(born_on: date | None, on: date) -> bool:
    """Return whether somebody has reached eighteen on a day; nobody without a known birthday has been shown to.

    >>> is_adult(date(2008, 5, 4), date(2026, 5, 4)), is_adult(date(2008, 5, 5), date(2026, 5, 4))
    (True, False)
    """
    if born_on is None:
        return False
    return (on.year - born_on.year, on.month, on.day) >= (ADULT, born_on.month, born_on.day)


def content_hash(drafts: Iterable[Draft]) -> str:
    """Return the SHA-256 of the canonical content: keys, parts, areas, and who may act; no names."""
    return digest(
        [
            {
                "key": draft.key,
                "parts": [{"key": p.key, "kind": p.kind, "building": p.building, "area": p.area} for p in draft.parts],
                "acting": [{"resident": v.resident_id, "key": v.key} for _, v in sorted(draft.voices.items())],
            }
            for draft in sorted(drafts, key=lambda each: each.key)
        ]
    )
