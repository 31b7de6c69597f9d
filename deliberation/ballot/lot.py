"""Drawing lots so that anybody can draw them again: the order follows from a seed published beforehand."""

from collections.abc import Iterable
from hashlib import sha256


def drawn(seed: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in the order of the lot, SHA-256 of seed and name, whatever order they came in.

    >>> drawn("2026-05-01 开奖号 0417", ["甲", "乙"]) == drawn("2026-05-01 开奖号 0417", ["乙", "甲"])
    True
    """
    return tuple(sorted(names, key=lambda name: sha256(f"{seed}|{name}".encode()).digest()))
