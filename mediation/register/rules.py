"""Terms, languages and dialects of mediators. Nothing here does I/O.

Source: 人民调解法 8 (a term is three years, and may be followed by another); ISO 639-3 for the codes.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

YEARS: Final = 3
WARN: Final = timedelta(days=60)
"""How long before its end a term is pointed out; our own figure."""


class Tongue(StrEnum):
    """A language or dialect, by ISO 639-3; Chinese Sign Language is one of them."""

    MANDARIN = "cmn"  # 普通话
    CANTONESE = "yue"  # 粤语
    WU = "wuu"  # 吴语
    HOKKIEN = "nan"  # 闽南话
    HAKKA = "hak"  # 客家话
    XIANG = "hsn"  # 湘语
    GAN = "gan"  # 赣语
    JIN = "cjy"  # 晋语
    UYGHUR = "uig"  # 维吾尔语
    TIBETAN = "bod"  # 藏语
    MONGOLIAN = "mvf"  # 蒙古语
    ZHUANG = "zha"  # 壮语
    KAZAKH = "kaz"  # 哈萨克语
    KOREAN = "kor"  # 朝鲜语
    SIGN = "csl"  # 手语


CALLED: Final = {
    Tongue.CANTONESE: ("粤语", "广东话", "白话"),
    Tongue.WU: ("吴语", "上海话"),
    Tongue.HOKKIEN: ("闽南话", "闽南语"),
    Tongue.HAKKA: ("客家话",),
    Tongue.XIANG: ("湘语", "湖南话"),
    Tongue.GAN: ("赣语", "江西话"),
    Tongue.JIN: ("晋语", "山西话"),
    Tongue.UYGHUR: ("维吾尔语", "维语"),
    Tongue.TIBETAN: ("藏语",),
    Tongue.MONGOLIAN: ("蒙古语", "蒙语"),
    Tongue.ZHUANG: ("壮语",),
    Tongue.KAZAKH: ("哈萨克语",),
    Tongue.KOREAN: ("朝鲜语", "韩语"),
    Tongue.SIGN: ("手语",),
}
"""How an interpreter's language is usually written down."""


class Post(StrEnum):
    """Whether somebody mediates all day or beside other work."""

    FULL = "full"  # 专职
    PART = "part"  # 兼职


class Term(StrEnum):
    """Where a term stands on a day."""

    COMING = "coming"  # 还没开始
    RUNNING = "running"  # 在任
    ENDING = "ending"  # 快满了
    OVER = "over"  # 满了


def term_on(day: date, since: date, until: date) -> Term:
    """Return where a term stands; its last day still counts.

    >>> str(term_on(date(2026, 5, 4), date(2023, 5, 5), date(2026, 5, 4)))
    'ending'
    """
    if day < since:
        return Term.COMING
    if day > until:
        return Term.OVER
    return Term.ENDING if until - day <= WARN else Term.RUNNING


def last_day(since: date) -> date:
    """Return the last day of a term of three years.

    >>> last_day(date(2024, 2, 29)), last_day(date(2026, 5, 4))
    (datetime.date(2027, 2, 28), datetime.date(2029, 5, 3))
    """
    if (since.month, since.day) == (2, 29):
        return date(since.year + YEARS, 2, 28)
    return since.replace(year=since.year + YEARS) - timedelta(days=1)


def named(words: str) -> Tongue | None:
    """Return the language that was written down by its usual name or its code, if it is one of ours.

    >>> str(named("粤语 "))
    'yue'
    """
    told = words.strip()
    return next((tongue for tongue, names in CALLED.items() if told in (*names, tongue.value)), None)
