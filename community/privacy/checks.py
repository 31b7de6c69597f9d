"""Check digits of the numbers people and bodies carry; each returns a plain yes or no and keeps nothing."""

from datetime import date
from typing import Final

ID_WEIGHTS: Final = tuple(pow(2, 17 - place, 11) for place in range(17))
ID_SIGNS: Final = "10X98765432"
USCC_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
USCC_LENGTH: Final = 18
ID_LENGTH: Final = 18
CARD_LENGTHS: Final = range(16, 20)


def id_number_fits(number: str) -> bool:
    """Tell whether an 18-sign citizen's identity number has a real birthday and its check digit (GB 11643).

    >>> id_number_fits("11010519491231002X"), id_number_fits("110105194912310021")
    (True, False)
    """
    body, check = number[:-1], number[-1:].upper()
    if len(number) != ID_LENGTH or not _digits(body) or not _is_day(body[6:14]):
        return False
    return check == ID_SIGNS[sum(int(d) * w for d, w in zip(body, ID_WEIGHTS, strict=True)) % 11]


def uscc_fits(number: str) -> bool:
    """Tell whether a 统一社会信用代码 has its signs and its check sign (GB 32100).

    >>> uscc_fits("91350100M000100Y43"), uscc_fits("91350100M000100Y44")
    (True, False)
    """
    if len(number) != USCC_LENGTH or any(sign not in USCC_SIGNS for sign in number):
        return False
    total = sum(USCC_SIGNS.index(s) * w for s, w in zip(number[:-1], USCC_WEIGHTS, strict=True))
    return number[-1] == USCC_SIGNS[-total % 31]


def card_number_fits(number: str) -> bool:
    """Tell whether a bank card number of 16 to 19 digits has its check digit (ISO/IEC 7812, Luhn).

    >>> card_number_fits("6222021234567890128"), card_number_fits("6222021234567890129")
    (True, False)
    """
    if len(number) not in CARD_LENGTHS or not _digits(number):
        return False
    doubled = (sum(divmod(2 * int(d), 10)) for d in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(doubled)) % 10 == 0


def _digits(text: str) -> bool:
    """Tell whether there are only ASCII digits."""
    return text.isascii() and text.isdigit()


def _is_day(text: str) -> bool:
    """Tell whether 19491231 is a day of the calendar."""
    try:
        return bool(date(int(text[:4]), int(text[4:6]), int(text[6:])))
    except ValueError:
        return False
