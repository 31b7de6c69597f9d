"""What stands on one sheet, and the PDF of it."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

import typst

from web.locale import SOURCE

FORM: Final = Path(__file__).parent / "sheet.typ"
FACES: Final = ("Noto Serif CJK SC", "Noto Sans CJK SC")
LACKING: Final = "could not be displayed"  # how the compiler says that no font has a letter
KEPT: Final = 32  # sheets that are asked for again and again while they hang
PRESS: Final = ThreadPoolExecutor(2, "typeset")


class NoFont(RuntimeError):
    """This machine has no Chinese font; a sheet would be full of empty boxes."""


class NoGlyph(RuntimeError):
    """No font on this machine has one of the letters; PDF/A takes no empty boxes, so no sheet is made."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a judgement: met or not, in words, the fraction, the article."""

    mark: str
    words: str
    figure: str
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: ``kind`` is for, against or abstain; ``share`` is in ten thousandths."""

    kind: str
    share: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with what it says in words."""

    words: str
    parts: tuple[Part, ...]
    legend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything on a sheet, from top to bottom, in the reader's language. ``qr`` is SVG."""

    head: str
    title: str
    on: date
    qr: str
    address: str
    scan: str
    sign: tuple[str, ...]
    call: str = ""
    when: str = ""
    foot: str = ""
    rule: str = ""
    how: str = ""
    notes: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    lines: Sequence[Line] = ()
    points: Sequence[str] = ()
    bars: Sequence[Bar] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    proof: Sequence[tuple[str, str]] = ()
    lang: str = field(default=SOURCE)


_kept: OrderedDict[str, bytes] = OrderedDict()
_faces: set[str] = set()


def has_font() -> bool:
    """Return whether a Chinese font for sheets is on this machine."""
    if not _faces:  # looking takes longer than an agreement; a font that was there stays
        _faces.update(set(FACES).intersection(typst.Fonts().families()))
    return bool(_faces)


async def pdf(sheet: Sheet) -> bytes:
    """Return a sheet as PDF/A-2b with its fonts inside.

    Raises:
        NoFont: there is no Chinese font on this machine.
        NoGlyph: no font has one of the letters.
    """
    text = _data(sheet)
    mark = sha256(text.encode()).hexdigest()
    if mark in _kept:
        _kept.move_to_end(mark)
        return _kept[mark]
    made = await asyncio.get_running_loop().run_in_executor(PRESS, _compiled, text)
    _kept[mark] = made
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return made


async def bound(form: Path, told: Mapping[str, object]) -> bytes:
    """Return a book typeset by another form of ours, from plain data; raises as `pdf` does."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return await asyncio.get_running_loop().run_in_executor(PRESS, _compiled, text, form)


def _data(sheet: Sheet) -> str:
    lang, _, region = sheet.lang.partition("-")
    told = {**asdict(sheet), "on": [sheet.on.year, sheet.on.month, sheet.on.day], "lang": lang}
    return json.dumps({**told, "region": region or "GB"}, ensure_ascii=False, sort_keys=True)


def _compiled(text: str, form: Path = FORM) -> bytes:
    if not has_font():
        raise NoFont
    try:
        made = typst.compile(form, format="pdf", sys_inputs={"sheet": text}, pdf_standards="a-2b")
    except typst.TypstError as why:
        if LACKING in str(why):
            raise NoGlyph from why
        raise
    if not isinstance(made, bytes):
        raise TypeError("one sheet is one file")
    return made
