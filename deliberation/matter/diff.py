"""What changed between two texts, for people: paragraphs aligned, words marked only inside changed sentences. Pure.

Work is bounded: beyond `CELLS` a stretch, or `PURSE` a text, what changed is shown whole instead of word by word.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import Final

CELLS: Final = 40_000  # old × new units that are compared with each other in one stretch
PURSE: Final = 1_200_000  # the same, in one text
ISLAND: Final = 1  # units of agreement that are too few to be worth showing between two changes
ALIKE: Final = 40  # per cent of shared pairs of characters from which one paragraph is a new form of another
KEPT: Final = 30  # per cent of a sentence that must stay for its changes to be marked word by word
SAMPLE: Final = 400  # characters of a paragraph by which it is recognised

SENTENCE: Final = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]+[”’」』）]*|[^。！？；!?;\n]+")
UNIT: Final = re.compile(r"[A-Za-z]+|[0-9０-９][0-9０-９.,．，%％]*(?<![.,．，])|\s+|.", re.DOTALL)


class Mark(StrEnum):
    """What became of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, came or went."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as a row of runs."""

    runs: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        """Return whether anything came or went."""
        return any(run.mark is not Mark.SAME for run in self.runs)


@dataclass(slots=True)
class Purse:
    """How much comparing is left for one text."""

    left: int = field(default=PURSE)

    def pays(self, cells: int) -> bool:
        """Return whether there is enough left, and take it."""
        self.left -= cells
        return self.left >= 0


def paragraphs(body: str) -> list[str]:
    r"""Return the paragraphs of a text: an empty line begins a new one.

    >>> paragraphs("一\n\n\n二\n三 ")
    ['一', '二\n三']
    """
    return [part.strip() for part in re.split(r"\n[ \t]*\n", body) if part.strip()]


def compare(old: str, new: str) -> tuple[Block, ...]:
    """Return the new text with everything that came and went, paragraph by paragraph."""
    purse = Purse()
    return tuple(Block(tuple(_joined(runs))) for runs in _blocks(paragraphs(old), paragraphs(new), purse))


def compare_line(old: str, new: str, purse: Purse | None = None) -> Block:
    """Return the same for a title, a sentence or one paragraph; several may share a purse."""
    return Block(tuple(_joined(_paragraph(old, new, purse or Purse()))))


def aligned(old: Sequence[str], new: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    """Return stretches of both in order, equal ones with both sides the same.

    >>> aligned("abc", "axc")
    [('a', 'a'), ('b', 'x'), ('c', 'c')]
    """
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    middle = _matched(old[head : ends[0]], new[head : ends[1]])
    found = [(old[:head], new[:head]), *middle, (old[ends[0] :], new[ends[1] :])]
    return [(was, now) for was, now in found if was or now]


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    for n, (was, now) in enumerate(zip(old, new, strict=False)):
        if was != now:
            return n
    return min(len(old), len(new))


def _matched(old: Sequence[str], new: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    if len(old) * len(new) > CELLS:
        return [(old, new)]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(old[a:b], new[c:d]) for _, a, b, c, d in codes]


def _blocks(old: Sequence[str], new: Sequence[str], purse: Purse) -> Iterator[list[Run]]:
    for was, now in aligned(old, new):
        if was == now:
            yield from ([Run(Mark.SAME, words)] for words in was)
        else:
            yield from (_paragraph(a, b, purse) for a, b in _paired(was, now))


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Return which of the new is a new form of which of the old; an empty side has no partner."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])]
    if len(old) * len(new) > CELLS // 40:
        in_order = len(old) == len(new)
        return list(zip(old, new, strict=True)) if in_order else [(was, "") for was in old] + [("", now) for now in new]
    pairs, rest = [], [(now, _pairs_of(now)) for now in new]
    for was in old:
        seen = _pairs_of(was)
        alike = [_alike(seen, other) for _, other in rest]
        best = alike.index(max(alike)) if alike else -1
        if best < 0 or alike[best] < ALIKE:
            pairs.append((was, ""))
            continue
        pairs += [*(("", now) for now, _ in rest[:best]), (was, rest[best][0])]
        del rest[: best + 1]
    return [*pairs, *(("", now) for now, _ in rest)]


def _alike(was: Counter[str], now: Counter[str]) -> int:
    """Return the share of neighbouring characters that two texts have in common, in per cent."""
    return 200 * (was & now).total() // max(1, was.total() + now.total())


def _pairs_of(words: str) -> Counter[str]:
    return Counter(map("".join, pairwise(f" {words[:SAMPLE]}")))


def _paragraph(old: str, new: str, purse: Purse) -> list[Run]:
    runs: list[Run] = []
    for was, now in aligned(SENTENCE.findall(old), SENTENCE.findall(new)):
        if was == now:
            runs.append(Run(Mark.SAME, "".join(was)))
        else:
            runs += [run for a, b in _paired(was, now) for run in _sentence(a, b, purse)]
    return runs


def _sentence(old: str, new: str, purse: Purse) -> list[Run]:
    was, now = UNIT.findall(old), UNIT.findall(new)
    whole = [(old, new)]
    found = _smooth(aligned(was, now)) if purse.pays(min(len(was) * len(now), CELLS)) else whole
    kept = sum(len(a) for a, b in found if a == b)
    if 100 * kept < KEPT * max(len(old), len(new)):
        found = whole
    return [run for a, b in found for run in _runs(a, b)]


def _runs(old: str, new: str) -> list[Run]:
    if old == new:
        return [Run(Mark.SAME, new)]
    return [Run(mark, words) for mark, words in ((Mark.REMOVED, old), (Mark.ADDED, new)) if words]


def _smooth(stretches: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[tuple[str, str]]:
    """Return the stretches as words; a lone character that stayed between two changes goes with them."""
    found: list[tuple[str, str]] = []
    for n, (was, now) in enumerate(stretches):
        alone = was == now and len(was) <= ISLAND and 0 < n < len(stretches) - 1
        if found and (alone or was != now) and found[-1][0] != found[-1][1]:
            found[-1] = (found[-1][0] + "".join(was), found[-1][1] + "".join(now))
        else:
            found.append(("".join(was), "".join(now)))
    return found


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs, neighbours of one mark as one."""
    last: Run | None = None
    for run in runs:
        if last and last.mark is run.mark:
            last = Run(run.mark, last.words + run.words)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last
