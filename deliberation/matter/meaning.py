"""Whether a revision changes only words, or what is meant: the author declares it, the rule may say more. Pure.

The rule is plain enough to be explained to everybody: a changed title, one of the three sentences, a number,
a word of refusal, or much of the text, is a change of meaning, whatever was declared.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from deliberation.matter.diff import Mark, compare
from deliberation.matter.text import Text

MUCH: Final = 20  # per cent of the text that came or went
NUMBER: Final = re.compile(
    r"[0-9]+(?:[.,][0-9]+)*%?"
    r"|(?:百|千)?分之[零〇一二三四五六七八九十百千两]+"
    r"|[零〇一二三四五六七八九十百千万亿两半]+(?=[元块角分万亿个户人名天日月年周时点米平亩方辆盏部层栋楼号张台只次套间条处成倍])"
)
REFUSAL: Final = re.compile(r"[不没无非未禁免勿]|除外|必须|一律|应当|可以")


class Change(StrEnum):
    """What a revision does."""

    WORDS = "words"  # 只改字句
    MEANING = "meaning"  # 意思变了


class Sign(StrEnum):
    """Why the rule calls it a change of meaning."""

    TITLE = "title"
    WHAT = "what"
    COST = "cost"
    WHO = "who"
    NUMBERS = "numbers"
    REFUSAL = "refusal"
    MUCH = "much"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a revision is, and the signs that made it so by rule; none when only the author said it."""

    change: Change
    signs: tuple[Sign, ...]


def judge(old: Text, new: Text, declared: Change) -> Verdict:
    """Return what a revision from ``old`` to ``new`` is."""
    signs = signs_of(old, new)
    return Verdict(Change.MEANING if signs else declared, signs)


def signs_of(old: Text, new: Text) -> tuple[Sign, ...]:
    """Return every sign that the meaning changed; blanks and punctuation are none."""
    parts = (Sign.TITLE, Sign.WHAT, Sign.COST, Sign.WHO)
    found = [sign for sign in parts if plain(getattr(old, sign)) != plain(getattr(new, sign))]
    if _numbers(old.body) != _numbers(new.body):
        found.append(Sign.NUMBERS)
    if Counter(REFUSAL.findall(old.body)) != Counter(REFUSAL.findall(new.body)):
        found.append(Sign.REFUSAL)
    if _much(old.body, new.body):
        found.append(Sign.MUCH)
    return tuple(found)


def plain(words: str) -> str:
    """Return words without blanks and punctuation, wide letters made narrow.

    >>> plain("８.6 万元，从公共收益出。") == plain("8.6万元, 从公共收益出")
    True
    """
    narrow = unicodedata.normalize("NFKC", words)
    kept = (c for n, c in enumerate(narrow) if unicodedata.category(c)[0] not in "PZCS" or _within(narrow, n))
    return "".join(kept)


def _within(words: str, n: int) -> bool:
    """Return whether the sign at ``n`` belongs to a number: 8.6, 30%, −5."""
    before, after = words[n - 1 : n].isdigit(), words[n + 1 : n + 2].isdigit()
    return words[n] in ".%+-−" and ((before and (after or words[n] == "%")) or (after and words[n] in "+-−"))


def _numbers(words: str) -> Counter[str]:
    return Counter(found.replace(",", "") for found in NUMBER.findall(unicodedata.normalize("NFKC", words)))


def _much(old: str, new: str) -> bool:
    if old == new:
        return False
    runs = [run for block in compare(old, new) for run in block.runs]
    moved = sum(len(run.words) for run in runs if run.mark is not Mark.SAME)
    return 100 * moved > MUCH * max(len(old), len(new))
