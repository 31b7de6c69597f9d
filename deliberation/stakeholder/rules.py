"""Which roles sit at the table, who declares an interest, and how much may be written. Pure."""

from enum import StrEnum
from typing import Final

from community.errors import Unfit

WORDS: Final = (2, 2000)  # characters of a statement or of a declared interest


class Seat(StrEnum):
    """In which role somebody is asked to take part. Source: 《关于加强城乡社区协商的意见》 (2015), subjects."""

    RESIDENTS_COMMITTEE = "residents-committee"  # 居委会
    OWNERS_COMMITTEE = "owners-committee"  # 业委会
    PROPERTY = "property"  # 物业
    SOCIAL = "social"  # 社会组织
    UNIT = "unit"  # 驻区单位
    LOCAL = "local"  # 户籍居民代表
    NEWCOMER = "newcomer"  # 非户籍居民代表
    EXPERT = "expert"  # 专家


class Capacity(StrEnum):
    """In which capacity somebody declares whether they have a stake."""

    AUTHOR = "author"  # 提议人
    HOST = "host"  # 主持人
    CLERK = "clerk"  # 经办人
    TELLER = "teller"  # 计票人


REQUIRED: Final = (Capacity.AUTHOR, Capacity.HOST)
"""Who must have declared before the words are fixed."""


def check(words: str, field: str) -> None:
    """Raise `Unfit` when there is too little or too much of it."""
    fewest, most = WORDS
    if len(words.strip()) < fewest:
        raise Unfit("这一项至少写 {fewest} 个字。", field=field, fewest=fewest)
    if len(words) > most:
        raise Unfit("这一项有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(words), most=most)
