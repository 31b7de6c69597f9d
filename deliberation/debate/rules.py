"""What a comment may be. Pure."""

from enum import StrEnum
from typing import Final

from community.errors import Unfit
from deliberation.matter.states import State


class Position(StrEnum):
    """Where the speaker stands."""

    FOR = "for"  # 赞成
    AGAINST = "against"  # 反对
    MORE = "more"  # 补充


WORDS: Final = (2, 300)  # characters
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
