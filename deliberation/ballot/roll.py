"""The frozen roll: who is entitled to vote, on what floor area, and who was reached.

Keys are database ids or names; they are compared as text, so 7 and "7" are the same owner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

Key: TypeAlias = str | int
JOIN: Final = "+"


class Electorate(StrEnum):
    """Whose roll it is. A rule names one, so that two kinds of roll are never mixed."""

    OWNERS = "owners"
    INTERESTED = "interested"
    OWNERS_COMMITTEE = "owners_committee"
    ADULTS = "adults"
    HOUSEHOLDS = "households"
    GROUP_DELEGATES = "group_delegates"
    VOTERS = "voters"
    MEMBERS = "members"
    REPRESENTATIVES = "representatives"


class Scope(StrEnum):
    """How much of the neighbourhood votes: all of it, one building (幢), one entrance (单元)."""

    WHOLE = "whole"
    BUILDING = "building"
    ENTRANCE = "entrance"


class Kind(StrEnum):
    """What an entry is: an exclusive part (专有部分), or a person without one."""

    HOME = "home"
    SHOP = "shop"
    PARKING = "parking"
    PERSON = "person"


class How(StrEnum):
    """How somebody was reached; local rules decide which of these count as served."""

    SIGNED = "signed"
    LOGIN = "login"
    ATTENDED = "attended"
    PHONE = "phone"
    VIDEO = "video"
    POSTED = "posted"
    REFUSED = "refused"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A ballot handed over, or a person present. ``proof`` names the evidence, ``warned`` the 从多 warning."""

    head: str
    how: How
    proof: str = ""
    warned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One exclusive part and its owners, or one person entitled to vote.

    Areas are in units of 0.01 m²; of the three the land register goes before the survey, the survey
    before the contract of sale (建筑物区分所有权解释 8 条). ``developer`` holds what is unsold, or sold
    and not handed over (9 条); the buyer named in ``owners`` then does not count yet.

    Raises:
        ValueError: nobody holds it, an area is negative, or a key contains the joining sign.
    """

    key: Key
    owners: tuple[Key, ...] = ()
    kind: Kind = Kind.HOME
    building: str = ""
    entrance: str = ""
    registered: int | None = None
    surveyed: int | None = None
    contracted: int | None = None
    developer: Key | None = None

    def __post_init__(self) -> None:
        holders = [str(key) for key in (self.owners if self.developer is None else (self.developer,))]
        if not holders:
            raise ValueError(f"entry {self.key} has no owner")
        if any(JOIN in holder or not holder for holder in holders):
            raise ValueError(f"entry {self.key}: an owner's key is empty or contains {JOIN!r}")
        if any(area is not None and area < 0 for area in (self.registered, self.surveyed, self.contracted)):
            raise ValueError(f"entry {self.key} has a negative area")

    @property
    def holders(self) -> frozenset[str]:
        """Return who exercises its vote: the developer while it holds the part, else the owners together."""
        return frozenset({str(self.developer)}) if self.developer is not None else frozenset(map(str, self.owners))

    @property
    def area(self) -> int | None:
        """Return the area that counts, in units of 0.01 m², or None when no source gives one."""
        return self.registered or self.surveyed or self.contracted or None


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody entitled, frozen before the vote.

    Raises:
        ValueError: two entries have the same key.
    """

    electorate: Electorate
    entries: tuple[Entry, ...]
    scope: Scope = Scope.WHOLE

    def __post_init__(self) -> None:
        if len({str(entry.key) for entry in self.entries}) < len(self.entries):
            raise ValueError("the roll names an entry twice")

    def within(self, building: str, entrance: str = "") -> "Roll":
        """Return the roll of one building, or of one entrance of it."""
        kept = (e for e in self.entries if e.building == building and entrance in ("", e.entrance))
        return Roll(self.electorate, tuple(kept), Scope.ENTRANCE if entrance else Scope.BUILDING)


def people(electorate: Electorate, keys: Iterable[Key]) -> Roll:
    """Return a roll of persons, each one head: residents, household representatives, members."""
    return Roll(electorate, tuple(Entry(key=key, owners=(key,), kind=Kind.PERSON) for key in keys))


def interested(building: Roll, *, applicant: str, outsiders: Iterable[Key] = ()) -> Roll:
    """Return who must consent to 住改商: the other owners of the building, and outsiders who proved harm.

    ``applicant`` is the applicant's head key, so that co-owners who apply together are left out together.

    Source: 民法典 279 条; 建筑物区分所有权解释 10–11 条.
    """
    others = tuple(e for e in building.entries if JOIN.join(sorted(e.holders)) != applicant)
    harmed = people(Electorate.INTERESTED, outsiders).entries
    return Roll(Electorate.INTERESTED, others + harmed, building.scope)
