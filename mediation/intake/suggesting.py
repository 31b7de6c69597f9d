"""Which kind a dispute may be, from the words of its account: weights as data, the words shown, a person decides.

Source: 个人信息保护法 24 (what a program finds is explained, and nobody is bound by it).
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mediation.intake.rules import Kind

FILE: Final = Path(__file__).parent / "kinds.toml"
SHOWN: Final = 3
LEAST: Final = 3
"""Points under which nothing is suggested."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A kind that a text may be, its points, and the words that speak for it, the weightiest first."""

    kind: Kind
    points: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What words weigh for each kind, and how other systems name the kinds."""

    version: str
    words: Mapping[Kind, Mapping[str, int]]
    labels: Mapping[str, Kind]


def weights_from(table: Mapping[str, object]) -> Weights:
    """Return the weights in a parsed file.

    Raises:
        ValueError: an entry has no kind of ours, or a weight is no whole number above nought.
    """
    words: dict[Kind, Mapping[str, int]] = {}
    labels: dict[str, Kind] = {}
    rows = table["kind"]
    if not isinstance(rows, list):
        raise ValueError("[[kind]] is missing")  # noqa: TRY004 - the file is wrong, not the program
    for row in rows:
        kind = Kind(row["code"])
        words[kind] = MappingProxyType({str(word): int(weight) for word, weight in row["words"].items()})
        labels |= dict.fromkeys(map(str, row["labels"]), kind)
        if min(words[kind].values()) < 1:
            raise ValueError(f"{kind}: a weight below 1")
    return Weights(str(table["version"]), MappingProxyType(words), MappingProxyType(labels))


@cache
def shipped() -> Weights:
    """Return the weights that come with the program."""
    return weights_from(tomllib.loads(FILE.read_text(encoding="utf-8")))


def suggest(text: str, weights: Weights | None = None) -> list[Suggestion]:
    """Return the likeliest kinds of the dispute in ``text``, at most `SHOWN`; of equals the one earlier in the file."""
    found = [_weigh(text, kind, words) for kind, words in (weights or shipped()).words.items()]
    likely = [each for each in found if each.points >= LEAST]
    return sorted(likely, key=lambda each: -each.points)[:SHOWN]


def _weigh(text: str, kind: Kind, words: Mapping[str, int]) -> Suggestion:
    here = sorted((word for word in words if word in text), key=lambda word: -words[word])
    return Suggestion(kind, sum(words[word] for word in here), tuple(here))


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often the first, and one of the shown suggestions, was the kind that people had given."""

    labelled: int
    first: int
    shown: int
    silent: int


def accuracy(labelled: Iterable[tuple[str, Kind]]) -> Accuracy:
    """Return how the suggestions do on texts whose kind is known; for a reader to judge by, not to decide by."""
    n = first = shown = silent = 0
    for text, kind in labelled:
        kinds = [each.kind for each in suggest(text)]
        n, first, shown = n + 1, first + (kinds[:1] == [kind]), shown + (kind in kinds)
        silent += not kinds
    return Accuracy(n, first, shown, silent)
