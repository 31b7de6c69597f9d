"""What a word is, when a text fits, and what comes first. Pure.

A text is folded (NFKC, case folded) and cut into runs: Chinese, Japanese and Korean signs, or other letters and
digits; whatever stands between two runs is one space. A word of the query, folded alike, fits where it stands in
the text: Chinese anywhere in a run, other letters from the beginning of a word. All words must fit somewhere.

The place of the best fit of each word counts 0 in the title, 1 in the summary, 2 in the body, 3 in a comment; the
sum over all words is the rank, the smallest first; then the newer, then the higher number, then the kind by its
code. The grams below only narrow down where to look: the fit is decided on the folded text itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

HAN: Final = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
RUN: Final = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
LONGEST: Final = 60  # characters of a query that are read
WORDS: Final = 8  # words of a query that are read
CLIP: Final = 24  # characters of one gram
AROUND: Final = 90  # characters of a snippet

TITLE, SUMMARY, BODY, COMMENT = range(4)


def folded(text: str) -> str:
    """Return ``text`` as it is compared: its runs, each after one space.

    >>> folded("加装 ELEVATOR，3号楼")
    ' 加装 elevator 3 号楼'
    """
    return "".join(f" {run[0]}" for run in RUN.finditer(_fold(text)))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def needles(query: str) -> tuple[str, ...]:
    """Return the words of a query as they are looked for in folded texts, each once.

    >>> needles("停车 3号楼 停车")
    ('停车', ' 3 号楼')
    """
    found = dict.fromkeys(_needle(word) for word in _fold(query[:LONGEST]).split())
    return tuple(each for each in found if each)[:WORDS]


def _needle(word: str) -> str:
    runs = list(RUN.finditer(word))
    if not runs:
        return ""
    whole = " ".join(run[0] for run in runs)
    return whole if runs[0][1] else f" {whole}"


def fits(needle: str, text: str) -> bool:
    """Return whether a word of a query stands in a folded text; the meaning of every search."""
    return needle in text


def grams(*texts: str) -> set[str]:
    """Return what folded texts are filed under: pairs of Chinese signs, the last sign of a run, other words whole.

    >>> sorted(grams(" 加装电梯 a1"))
    ['a1', '加装', '梯', '电梯', '装电']
    """
    return {gram for text in texts for run in RUN.finditer(text) for gram in _grams_of(run)}


def _grams_of(run: "re.Match[str]") -> Iterator[str]:
    if run[2]:
        yield run[2][:CLIP]
        return
    yield from pairs(run[1])
    yield run[1][-1]


def pairs(han: str) -> list[str]:
    """Return the pairs of neighbouring signs of one run.

    >>> pairs("电动车")
    ['电动', '动车']
    """
    return [han[at : at + 2] for at in range(len(han) - 1)]


@dataclass(frozen=True, slots=True)
class Gram:
    """What to look up: the whole gram, or every gram that begins so."""

    text: str
    begins: bool = False


def wanted(needle: str) -> tuple[Gram, ...]:
    """Return the grams without which a text cannot fit a word of a query.

    >>> [gram.text for gram in wanted("电动车")], wanted("水")
    (['电动', '动车'], (Gram(text='水', begins=True),))
    """
    found: list[Gram] = []
    for run in RUN.finditer(needle):
        whole = bool(run[1]) and len(run[1]) > 1
        found += [Gram(each) for each in pairs(run[1])] if whole else [Gram(run[0][:CLIP], begins=True)]
    return tuple(dict.fromkeys(found))


def exact(needle: str) -> bool:
    """Return whether the grams alone decide the fit: one or two Chinese signs, or one word that is not clipped."""
    runs = list(RUN.finditer(needle))
    return len(runs) == 1 and (len(runs[0][1]) <= 2 if runs[0][1] else len(runs[0][2]) <= CLIP)  # noqa: PLR2004


def coded(gram: str) -> str:
    """Return a gram in letters and digits that every engine keeps as they are, five to a sign.

    >>> coded("水a")
    '06c3400061'
    """
    return "".join(f"{ord(sign):05x}" for sign in gram)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a snippet, marked where a word of the query stands."""

    text: str
    marked: bool = False


def marks(text: str, looked_for: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the words stand in a text as people read it, as ranges that do not overlap."""
    flat, at = _flattened(text)
    spans = [found.span() for needle in looked_for for found in _pattern(needle).finditer(flat)]
    joined: list[tuple[int, int]] = []
    for begin, end in sorted((at[first], at[last - 1] + 1) for first, last in spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _flattened(text: str) -> tuple[str, list[int]]:
    """Return the folded signs of a text, and for each of them the index of the sign it comes from."""
    signs = [(part, number) for number, sign in enumerate(text) for part in _fold(sign)]
    return "".join(part for part, _ in signs), [number for _, number in signs]


def _pattern(needle: str) -> "re.Pattern[str]":
    runs = [re.escape(run[0]) for run in RUN.finditer(needle)]
    begins = rf"(?<![^\W_{HAN}])" if needle.startswith(" ") else ""
    return re.compile(begins + r"[\W_]*".join(runs))


def snippet(text: str, looked_for: Iterable[str], *, around: int = AROUND) -> list[Piece]:
    """Return the part of a text where the first word stands, in pieces, with an ellipsis where it is cut."""
    line = " ".join(text.split())
    spans = marks(line, looked_for)
    begin = max(0, spans[0][0] - around // 4) if spans else 0
    begin = 0 if begin <= around // 8 else begin
    end = min(len(line), begin + around)
    pieces = list(_pieces(line, spans, begin, end))
    return [Piece("…")] * (begin > 0) + pieces + [Piece("…")] * (end < len(line))


def _pieces(line: str, spans: list[tuple[int, int]], begin: int, end: int) -> Iterator[Piece]:
    for first, last in spans:
        if last <= begin or first >= end:
            continue
        if first > begin:
            yield Piece(line[begin:first])
        yield Piece(line[max(first, begin) : min(last, end)], marked=True)
        begin = min(last, end)
    if begin < end:
        yield Piece(line[begin:end])
