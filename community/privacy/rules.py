"""What is shown in place of a name, a phone, an address: for lists, notices and statistics.

Pure text to text. Whoever may see the full value is decided elsewhere; a mask never asks.
Source: 个人信息保护法 51, 73(三) (去标识化).
"""

import re
import unicodedata
from typing import Final

_TWO_SIGNS: Final = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
    "仲孙钟离长孙宇文司徒鲜于司空闾丘亓官司寇巫马公西颛孙壤驷漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里"
    "呼延东郭南门羊舌微生梁丘左丘西门第五南荣即墨达奚褚师纳兰完颜叶赫那拉钮祜富察佟佳"
)
COMPOUND: Final = frozenset(_TWO_SIGNS[place : place + 2] for place in range(0, len(_TWO_SIGNS), 2))
"""Surnames of two signs."""

DOTS: Final = re.compile("[·•・‧∙⋅.]")
"""Signs people type between the parts of a Uyghur, Tibetan or foreign name."""

_SIGN: Final = r"[\dA-Za-z一二三四五六七八九十百零〇甲乙丙丁]"
_NUMBER: Final = rf"(?<!{_SIGN}){_SIGN}+\s*"
_SETTLED: Final = re.compile(
    r"(?:小区|花园|家园|新村|公寓|大院|村民小?组|(?<![\d一二三四五六七八九十])[\d一二三四五六七八九十]+组|苑)(?![路街道巷村])"
)
_INDOORS: Final = re.compile(
    rf"{_NUMBER}(?:号楼|栋|幢|座|单元|室|户|楼|层|#)|[东西南北](?:单元|户)|(?<!\d)\d+(?:\s*门|-\d)|(?<!\d)\d{{2,}}(?![\d号组弄村社路街里])"
)
_NUMBERED: Final = re.compile(rf"{_NUMBER}[号弄]|\d")
_PHONE_DIGITS: Final = 11
_SHORTEST: Final = 7


def mask_name(name: str) -> str:
    """Keep the surname and hide the rest.

    >>> mask_name("张三"), mask_name("欧阳小雨"), mask_name("阿依古丽·买买提"), mask_name("Anna Lee")
    ('张*', '欧阳**', '阿*·*', 'A* *')
    """
    first, *others = DOTS.split(name) if DOTS.search(name) else _parts(name)
    joint = "·" if DOTS.search(name) else " "
    if others:
        return joint.join([_initial(first.strip()), *("*" for _ in others)])
    if first.isascii() or len(first) == 1:
        return _initial(first) if len(first) > 1 else "*"
    kept = 2 if len(first) > 2 and first[:2] in COMPOUND else 1  # noqa: PLR2004 - a surname has two signs
    return first[:kept] + "*" * (len(first) - kept)


def _parts(name: str) -> list[str]:
    """Return the words of a name in Latin letters, or the one word of a Chinese name, gaps or not."""
    return (name.split() if name.isascii() else ["".join(name.split())]) or [""]


def minor_label(ordinal: int) -> str:
    """Return the name under which the ``ordinal``-th minor of a case appears, counted from 1.

    >>> minor_label(1), minor_label(26), minor_label(27)
    ('未成年人A', '未成年人Z', '未成年人AA')
    """
    letters = ""
    while ordinal > 0:
        ordinal, place = divmod(ordinal - 1, 26)
        letters = chr(ord("A") + place) + letters
    return "未成年人" + letters


def mask_phone(phone: str) -> str:
    """Keep the first three and the last four digits; of a landline the first three and the last two.

    >>> mask_phone("13800138000"), mask_phone("+86 138 0013 8000"), mask_phone("010-12345678")
    ('138****8000', '138****8000', '010******78')
    """
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", phone) if sign.isdigit())
    digits = digits.removeprefix("86") if len(digits) > _PHONE_DIGITS else digits
    if len(digits) == _PHONE_DIGITS and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    if digits.startswith("0") and len(digits) > _SHORTEST:
        return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"
    return _last(digits, 2) if len(digits) >= _SHORTEST else "*" * len(digits)


def mask_id_number(number: str) -> str:
    """Keep the last four signs of an identity number.

    >>> mask_id_number("11010519491231002X")
    '**************002X'
    """
    return _last(number.strip(), 4)


def mask_card(number: str) -> str:
    """Keep the last four digits of a bank card.

    >>> mask_card("6222 0212 3456 7890 128")
    '***************0128'
    """
    return _last("".join(number.split()), 4)


def mask_plate(plate: str) -> str:
    """Keep province, letter and the last two signs of a number plate.

    >>> mask_plate("京A12345"), mask_plate("京AD12345")
    ('京A***45', '京A****45')
    """
    signs = "".join(sign for sign in plate if sign.isalnum())
    return signs[:2] + "*" * (len(signs) - 4) + signs[-2:] if len(signs) > _SHORTEST - 2 else "*" * len(signs)


def mask_address(address: str) -> str:
    """Keep an address down to the 小区 or 村民组 and drop building, unit and room.

    Where no such name is found it ends before the first number; an address is never shown in more detail.

    >>> mask_address("清河街道幸福小区3号楼2单元302室"), mask_address("东庙村3组15号")
    ('清河街道幸福小区', '东庙村3组')
    """
    plain = unicodedata.normalize("NFKC", address).strip()
    outdoors = _before(_INDOORS, plain)
    settled = _SETTLED.search(outdoors)
    return outdoors[: settled.end()] if settled else _before(_NUMBERED, outdoors)


def _before(form: re.Pattern[str], text: str) -> str:
    """Return what stands before the first place where ``form`` fits."""
    found = form.search(text)
    return (text[: found.start()] if found else text).rstrip(" ,、-(")


def _initial(part: str) -> str:
    """Return the first sign of a part of a name and one star."""
    return part[:1] + "*"


def _last(text: str, kept: int) -> str:
    """Return stars for all but the last ``kept`` signs; all stars when that would leave nothing hidden."""
    return "*" * (len(text) - kept) + text[-kept:] if len(text) > 2 * kept else "*" * len(text)
