"""Proof of a count: hashes of everything that went in and came out, over one canonical JSON.

Canonical: keys sorted, no spaces, UTF-8, fractions as "2/3", sets sorted. Deliveries, votes and roll
entries are sorted as well, since their order does not matter to the count.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Final

from deliberation.ballot.count import Tally
from deliberation.ballot.roll import Delivery, Roll
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.votes import Vote

ENGINE: Final = "ballot/2"  # raise it whenever the same input may give another output


@dataclass(frozen=True, slots=True)
class Certificate:
    """SHA-256 in hexadecimal of each input and output, and ``seal`` over all of them and the engine's version."""

    rule: str
    roll: str
    deliveries: str
    votes: str
    tally: str
    decision: str
    engine: str
    seal: str


def certify(
    *,
    rule: DecisionRule,
    roll: Roll,
    deliveries: Iterable[Delivery],
    votes: Iterable[Vote],
    tally: Tally,
    decision: object,
) -> Certificate:
    """Return the hashes with which anybody can check that the same ballots give the same decision."""
    entries = sorted(canonical(entry) for entry in roll.entries)
    parts = {
        "rule": digest(rule),
        "roll": digest({"electorate": roll.electorate, "scope": roll.scope, "entries": entries}),
        "deliveries": digest(sorted(canonical(delivery) for delivery in deliveries)),
        "votes": digest(sorted(canonical(vote) for vote in votes)),
        "tally": digest(tally),
        "decision": digest(decision),
        "engine": ENGINE,
    }
    return Certificate(**parts, seal=digest(parts))


def verify(certificate: Certificate) -> bool:
    """Return whether the seal fits the hashes it was put on."""
    parts = asdict(certificate)
    return bool(parts.pop("seal") == digest(parts))


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical(value).encode()).hexdigest()


def canonical(value: object) -> str:
    """Return the one JSON text of a value.

    >>> canonical({"b": Fraction(2, 3), "a": frozenset({"2", "1"})})
    '{"a":["1","2"],"b":"2/3"}'
    """
    return _JSON.encode(_plain(value))


_JSON: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    """Reduce a value to what JSON knows.

    Raises:
        TypeError: there is no canonical form, as for a float.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction | date):
        return str(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return _plain_group(value)


def _plain_group(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    raise TypeError(f"no canonical form for {type(value).__name__}")
