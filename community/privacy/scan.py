"""Finds identity numbers, phones and bank cards in free text, before it is posted or sent.

A finding is a warning to the writer, not a verdict: only numbers that pass their check are reported.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from community.privacy.checks import card_number_fits, id_number_fits
from community.privacy.rules import mask_card, mask_id_number, mask_phone


class Found(StrEnum):
    """What a stretch of text gives away; where two fit the same digits, the first in order is meant."""

    ID_NUMBER = "1-id-number"  # 身份证号
    CARD = "2-card"  # 银行卡号
    PHONE = "3-phone"  # 手机号


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One number in a text, at the places ``start`` to ``end`` (not included)."""

    start: int
    kind: Found
    end: int


_WIDE: Final = str.maketrans("０１２３４５６７８９Ｘｘ－　", "0123456789Xx- ")
_GAP: Final = "[ -]?"
_ID: Final = re.compile(rf"(?<![0-9A-Za-z])\d{{6}}{_GAP}\d{{8}}{_GAP}\d{{3}}[0-9Xx](?![0-9A-Za-z])", re.ASCII)
_CARD: Final = re.compile(rf"(?<!\d)\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?!\d)", re.ASCII)
_PHONE: Final = re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)", re.ASCII)
_MASKS: Final = {Found.ID_NUMBER: mask_id_number, Found.CARD: mask_card, Found.PHONE: mask_phone}


def scan(text: str) -> list[Finding]:
    """Return what ``text`` gives away, in order, none overlapping another."""
    findings: list[Finding] = []
    for found in sorted(_candidates(text.translate(_WIDE))):
        if not findings or found.start >= findings[-1].end:
            findings.append(found)
    return findings


def mask_text(text: str) -> str:
    """Return ``text`` with every number found in it masked.

    >>> mask_text("我的电话是13800138000，晚上打")
    '我的电话是138****8000，晚上打'
    """
    pieces, done = [], 0
    for found in scan(text):
        number = _compact(text[found.start : found.end].translate(_WIDE))
        pieces += [text[done : found.start], _MASKS[found.kind](number)]
        done = found.end
    return "".join([*pieces, text[done:]])


def _candidates(plain: str) -> Iterator[Finding]:
    """Yield every number whose check fits; a phone has none, its form must do."""
    for kind, form, fits in (
        (Found.ID_NUMBER, _ID, id_number_fits),
        (Found.CARD, _CARD, card_number_fits),
        (Found.PHONE, _PHONE, bool),
    ):
        yield from (Finding(m.start(), kind, m.end()) for m in form.finditer(plain) if fits(_compact(m[0])))


def _compact(number: str) -> str:
    """Return ``number`` without its gaps."""
    return number.replace(" ", "").replace("-", "")
