"""What two filings of one matter have in common, put into one written form. Pure; the keyed hashes are made elsewhere.

A limitation interrupted once stays interrupted, so two filings of one matter are found and joined by a person, never
by the program (诉讼时效规定 12).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Likeness(StrEnum):
    """In what two filings agree, the strongest first; the last two only serve to search."""

    WHOLE = "whole"  # 双方、类型和楼栋都相同
    SIDES = "sides"  # 双方相同
    CALLER = "caller"  # 申请人的电话和楼栋相同
    NAME = "name"  # 一个人的姓名
    PHONE = "phone"  # 一个电话


CROSSED: Final = "crossed"
"""What the sides of two filings are when who asks in one is asked in the other: two matters, linked, never merged."""
UNKNOWN: Final = "（待核实）"
"""Stands for a party whom a file does not name; intake asks who it is before anybody is invited."""
TELLING: Final = (Likeness.WHOLE, Likeness.SIDES, Likeness.CALLER)

_BUILDING: Final = re.compile(r"([0-9]{1,4}|[a-z])(?:号楼|栋|幢|座)")
_DIGITS: Final = str.maketrans("一二三四五六七八九", "123456789")
_NOISE: Final = re.compile(r"[\W_]+")


def plain_name(name: str) -> str:
    """Return a name as it is compared: half width, no blanks, dots or brackets.

    >>> plain_name("阿依古丽·买买提 "), plain_name("４０２室住户（周）")
    ('阿依古丽买买提', '402室住户周')
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()


def plain_phone(phone: str) -> str:
    """Return the digits of a telephone number, without the country's 86.

    >>> plain_phone("+86 138-0013-8000")
    '13800138000'
    """
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", phone) if sign.isdecimal())
    return digits.removeprefix("86") if len(digits) > 11 else digits  # noqa: PLR2004 - a mobile number


def building_in(place: str) -> str:
    """Return the building named in ``place``, else all of it in one written form.

    >>> building_in("幸福里小区 3号楼2单元"), building_in("三号楼"), building_in("小区东门")
    ('3', '3', '小区东门')
    """
    text = plain_name(place).translate(_DIGITS)
    found = _BUILDING.search(text)
    return found[1] if found else text


@dataclass(frozen=True, slots=True)
class Likened:
    """What of a filing is compared."""

    org_id: int
    type_code: str
    applicants: tuple[str, ...]
    respondents: tuple[str, ...]
    phones: tuple[str, ...]
    applicant_phones: tuple[str, ...]
    place: str


def texts(filing: Likened, *, reversed_sides: bool = False) -> dict[Likeness, list[str]]:
    """Return by kind the texts that are hashed and compared; a kind for which something is missing has none."""
    asks, asked = _joined(filing.applicants), _joined(filing.respondents)
    if reversed_sides:
        asks, asked = asked, asks
    where, here = building_in(filing.place), str(filing.org_id)
    both = [here, asks, asked] if asks and asked else []
    return {
        Likeness.WHOLE: ["|".join([*both, filing.type_code, where])] if both else [],
        Likeness.SIDES: ["|".join(both)] if both else [],
        Likeness.CALLER: [f"{here}|{each}|{where}" for each in _phones(filing.applicant_phones) if where],
        Likeness.NAME: [f"{here}|{each}" for each in _names([*filing.applicants, *filing.respondents])],
        Likeness.PHONE: [f"{here}|{each}" for each in _phones(filing.phones)],
    }


def _joined(names: Iterable[str]) -> str:
    return "、".join(_names(names))


def _names(names: Iterable[str]) -> list[str]:
    return sorted({plain_name(each) for each in names} - {"", plain_name(UNKNOWN)})


def _phones(phones: Iterable[str]) -> list[str]:
    return sorted({plain_phone(each) for each in phones} - {""})
