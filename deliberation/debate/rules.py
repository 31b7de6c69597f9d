"""What a comment may be. Pure."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Final

from community.errors import Unfit
from deliberation.matter.states import State


class Position(StrEnum):
    """Where the speaker stands."""

    FOR = "for"  # 赞成
    AGAINST = "against"  # 反对
    MORE = "more"  # 补充


class Accord(StrEnum):
    """Whether people agreed."""

    CONSENSUS = "consensus"  # 共识
    DISSENT = "dissent"  # 不同意见


WORDS: Final = (2, 300)  # characters
EDITS: Final = 20  # times a comment may be changed; each earlier wording stays readable
TAKEN_BACK: Final = "aid"  # instead of a code of moderation: not what the resident who was helped wanted to say
SAME: Final = timedelta(minutes=10)  # within which the same words are one comment that was sent twice
OPINION: Final = (4, 500)  # characters of what was agreed or not
ANSWER: Final = (4, 1000)  # characters of the answer to it
OPINIONS: Final = 100  # of one matter
GONE: Final = "（收起了）"

OPEN_IN: Final = (
    State.ENDORSING,
    State.SCREENING,
    State.PARTY_STUDY,
    State.DELIBERATING,
    State.FINALISED,
    State.NOTICED,
    State.VOTING,
)
"""While a matter is talked about; once counting has begun it is decided, not discussed."""


def check(words: str) -> None:
    """Raise `Unfit` when a comment is too short or too long."""
    fewest, most = WORDS
    if len(words.strip()) < fewest:
        raise Unfit("请写下您的想法，至少 {fewest} 个字。", field="words", fewest=fewest)
    if len(words) > most:
        raise Unfit("您写了 {n} 个字，最多 {most} 个，请删短一些。", field="words", n=len(words), most=most)


def check_opinion(words: str) -> None:
    """Raise `Unfit` when what is to be taken down is too short or too long."""
    (fewest, most), n = OPINION, len(words.strip())
    if not fewest <= n <= most:
        raise Unfit(
            "请写清楚意见，{fewest} 到 {most} 个字，现在 {n} 个字。",
            field="words",
            n=n,
            fewest=fewest,
            most=most,
        )


def check_answer(words: str) -> None:
    """Raise `Unfit` when an answer is too short or too long."""
    (fewest, most), n = ANSWER, len(words.strip())
    if not fewest <= n <= most:
        raise Unfit(
            "请写清楚答复，{fewest} 到 {most} 个字，现在 {n} 个字。",
            field="answer",
            n=n,
            fewest=fewest,
            most=most,
        )


def without(text: str, gone: Collection[str]) -> str:
    r"""Return a sheet of minutes with a placeholder for each line that moderation has put away as an opinion.

    >>> without("1. 同意做\n2. 他家欠钱", ["他家欠钱"])
    '1. 同意做\n（收起了）'
    """
    put = {item for words in gone for item in items(words)}
    return "\n".join(GONE if put.intersection(items(line)) else line for line in text.splitlines()) if put else text


def items(text: str) -> list[str]:
    r"""Return what a sheet of minutes names line by line; numbers and dashes before a line are dropped.

    >>> items("1. 同意做\n\n— 先试一年")
    ['同意做', '先试一年']
    """
    return [item for line in text.splitlines() if (item := line.strip().lstrip("0123456789.、-—·*（）() ").strip())]
