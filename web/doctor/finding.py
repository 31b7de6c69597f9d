"""What a check found: good, worth a look, or broken."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """How bad it is; only ``BAD`` makes ``heyi doctor`` fail."""

    GOOD = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    level: Level
    name: str
    saying: str


def good(name: str, saying: str) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(Level.GOOD, name, saying)


def warn(name: str, saying: str) -> Finding:
    """Return a finding to look at."""
    return Finding(Level.WARN, name, saying)


def bad(name: str, saying: str) -> Finding:
    """Return a finding to mend before anybody relies on the site."""
    return Finding(Level.BAD, name, saying)


ORDER: Final = (Level.GOOD, Level.WARN, Level.BAD)


def worst(findings: list[Finding]) -> Level:
    """Return the worst level among ``findings``.

    >>> worst([good("a", ""), warn("b", "")])
    <Level.WARN: 'warn'>
    """
    return max((each.level for each in findings), key=ORDER.index, default=Level.GOOD)
