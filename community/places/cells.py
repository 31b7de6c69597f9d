"""How the text of one cell becomes a value. Every reader raises `Unfit` with a sentence that says how to mend it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final, TypeVar

from community.errors import Unfit
from community.places.rules import listed

T = TypeVar("T")

MOST_AREA: Final = 2_000_000_000  # in 0.01 m²
MOST_PARTS: Final = 1_000_000  # the denominator of a share
HUNDRED: Final = 100
OLDEST: Final = 1880
_SHARE: Final = re.compile(r"([0-9]{1,7}(?:\.[0-9]{1,18})?)(?:/([0-9]{1,7}))?(%)?")
YES: Final = {"是": True, "有": True, "yes": True, "y": True, "1": True, "true": True, "√": True}
NO: Final = {"否": False, "无": False, "no": False, "n": False, "0": False, "false": False, "×": False}
EITHER: Final = YES | NO


def half_width(text: str) -> str:
    """Return digits and signs in their ordinary form."""
    return unicodedata.normalize("NFKC", text).strip()


def word(most: int) -> Callable[[str], str]:
    """Return a reader of one line of text of at most ``most`` characters."""

    def read(text: str) -> str:
        joined = " ".join(text.split())
        if len(joined) > most:
            raise Unfit("写了 {n} 个字，最多 {most} 个，请删短一些。", n=len(joined), most=most)
        return joined

    return read


def code(most: int) -> Callable[[str], str]:
    """Return a reader of a code: letters, digits and hyphens."""

    def read(text: str) -> str:
        plain = half_width(text)
        if len(plain) > most or not plain.isascii() or not plain.replace("-", "").replace("_", "").isalnum():
            raise Unfit("编码只能用字母、数字和短横线，最多 {most} 个，现在是“{text}”。", most=most, text=text[:40])
        return plain

    return read


def one_of(options: Mapping[str, T]) -> Callable[[str], T]:
    """Return a reader of one of the words in ``options``."""

    def read(text: str) -> T:
        found = options.get(half_width(text).lower())
        if found is None:
            words = listed(word for word in options if not word.isascii())
            raise Unfit("“{text}”不认识，请填：{words}。", text=text[:20], words=words)
        return found

    return read


def yes_or_no(text: str) -> bool:
    """Return whether a cell says yes.

    >>> yes_or_no("是"), yes_or_no("N")
    (True, False)
    """
    answer = EITHER.get(half_width(text).lower())
    if answer is None:
        raise Unfit("请填“是”或“否”，现在是“{text}”。", text=text[:20])
    return answer


def area(text: str) -> int:
    """Return a floor area in 0.01 m², exactly.

    >>> area("89.37"), area("１２０ ㎡"), area("1,024.5平方米")
    (8937, 12000, 102450)
    """
    plain = half_width(text).removesuffix("平方米").removesuffix("平米").removesuffix("m2").replace(",", "").strip()
    exact = _decimal(plain)
    hundredths = exact * HUNDRED
    if hundredths != hundredths.to_integral_value():
        raise Unfit("面积最多两位小数，现在是“{text}”，请四舍五入后再填。", text=text[:20])
    if not 0 < hundredths <= MOST_AREA:
        raise Unfit("面积要大于 0，也不能大得不合情理，现在是“{text}”。", text=text[:20])
    return int(hundredths)


def _decimal(plain: str) -> Decimal:
    if not plain.isascii() or len(plain) > 20:  # noqa: PLR2004 - far more digits than any area has
        raise Unfit("面积要填数字，例如 89.37，现在是“{text}”。", text=plain[:20])
    try:
        exact = Decimal(plain)
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite() or abs(exact.adjusted()) > 20:  # noqa: PLR2004 - as above, for 1e999
        raise Unfit("面积要填数字，例如 89.37，现在是“{text}”。", text=plain[:20])
    return exact


def share(text: str) -> Fraction:
    """Return a share of a unit, exactly.

    >>> share("1/2"), share("50%"), share("0.25"), share("1")
    (Fraction(1, 2), Fraction(1, 2), Fraction(1, 4), Fraction(1, 1))
    """
    plain = half_width(text).replace("⁄", "/").replace(" ", "")
    try:
        part = date.fromisoformat(plain)
    except ValueError:
        part = None
    if part:
        raise Unfit("份额被表格软件改成了日期，请把这一列设成“文本”，再填成 1/2 这样。")
    found = _fraction(plain)
    if not 0 < found <= 1 or found.denominator > MOST_PARTS:
        raise Unfit("份额要大于 0、不超过 1，写成 1/2 这样，现在是“{text}”。", text=text[:20])
    return found


def _fraction(plain: str) -> Fraction:
    written = _SHARE.fullmatch(plain)
    if not written or not int(written[2] or 1):
        raise Unfit("份额要写成 1/2、50% 或 1 这样，现在是“{text}”。", text=plain[:20])
    return Fraction(written[1]) / int(written[2] or 1) / (HUNDRED if written[3] else 1)


def day(text: str) -> date:
    """Return a date written as 1980-02-03, 1980/2/3, 1980.2.3, 1980年2月3日 or 19800203.

    >>> day("1980年2月3日"), day("19800203")
    (datetime.date(1980, 2, 3), datetime.date(1980, 2, 3))
    """
    plain = half_width(text).replace("年", "-").replace("月", "-").removesuffix("日")
    parts = plain.replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 1 and len(plain) == 8:  # noqa: PLR2004 - 19800203
        parts = [plain[:4], plain[4:6], plain[6:]]
    try:
        year, month, number = (int(part) for part in parts if part.isdecimal() or _refuse(part))
        found = date(year, month, number)
    except ValueError:
        raise Unfit("日期请写成 1980-02-03 这样，现在是“{text}”。", text=text[:20]) from None
    if found.year < OLDEST:
        raise Unfit("日期请写成 1980-02-03 这样，现在是“{text}”。", text=text[:20])
    return found


def _refuse(part: str) -> bool:
    raise ValueError(part)
