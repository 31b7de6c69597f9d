"""Amounts as people type them and as a document must spell them. Integers of fen, never floats.

Source: 支付结算办法 附件一 正确填写票据和结算凭证的基本规定.
"""

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from community.errors import Unfit

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("", "拾", "佰", "仟")
MYRIADS: Final = ("", "万", "亿")
MOST: Final = 10**14 - 1  # fen: below a myriad of 亿 nothing needs a fourth name

_YUAN: Final = re.compile(r"(?:¥|人民币)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?元?", re.ASCII)


def parse_yuan(text: str, *, field: str | None = None) -> int:
    """Return the fen in an amount of yuan, e.g. ``3,200.5`` or ``￥3200元``.

    Raises:
        Unfit: it is not an amount, has more than two decimals, or is zero or too large.

    >>> parse_yuan("3,200.5"), parse_yuan("0.05")
    (320050, 5)
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    found = _YUAN.fullmatch(plain)
    if found is None:
        raise Unfit("金额请写成 3200 或者 3200.50 这样，最多两位小数。", field=field)
    fen = int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
    if not 0 < fen <= MOST:
        raise Unfit("金额要大于零，也不能大得离谱，请核对。", field=field)
    return fen


def yuan(fen: int) -> str:
    """Return an amount of fen as it is typed back into a form.

    >>> yuan(320050), yuan(320000)
    ('3200.50', '3200')
    """
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def in_words(fen: int) -> str:
    """Return an amount of fen in the numerals that cannot be altered.

    Raises:
        ValueError: it is not between one fen and `MOST`.

    >>> in_words(320000), in_words(10700053)
    ('人民币叁仟贰佰元整', '人民币壹拾万柒仟元零伍角叁分')
    """
    if not 0 < fen <= MOST:
        raise ValueError(fen)
    whole, cents = divmod(fen, 100)
    return "人民币" + (_integer(whole) + "元" if whole else "") + _cents(cents, whole)


def _cents(cents: int, whole: int) -> str:
    tenths, hundredths = divmod(cents, 10)
    if not cents:
        return "整"
    gap = "零" if whole and (not tenths or whole % 10 == 0) else ""
    return gap + (f"{DIGITS[tenths]}角" if tenths else "") + (f"{DIGITS[hundredths]}分" if hundredths else "")


def _integer(number: int) -> str:
    groups = [number // 10**shift % 10**4 for shift in (0, 4, 8)]
    said = ""
    for group, myriad in reversed(list(zip(groups, MYRIADS, strict=True))):
        if not group:
            continue
        gap = "零" if said and (group < 10**3 or _skipped(said, number, myriad)) else ""
        said += gap + _group(group) + myriad
    return said


def _skipped(said: str, number: int, myriad: str) -> bool:
    """Return whether a whole group of four zeros lies between what was said and this group."""
    return myriad == "" and said.endswith("亿") and number // 10**4 % 10**4 == 0


def _group(number: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + PLACES[place]
        gap = not digit
    return said


def kept_share(paid: Iterable[tuple[int, int]]) -> Fraction:
    """Return how much of the money promised was paid, of pairs (paid, promised) in fen; none is all kept.

    >>> kept_share([(600000, 1000000)])
    Fraction(3, 5)
    """
    pairs = list(paid)
    promised = sum(whole for _, whole in pairs)
    return Fraction(sum(part for part, _ in pairs), promised) if promised else Fraction(1)
