"""A form filled in from what is known, with empty lines where nothing is: as PDF to sign, as DOCX to go on writing."""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from web.typeset.sheet import PRESS, bound

TYPED: Final = Path(__file__).parent / "blank.typ"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT: Final = "宋体"
RULE: Final = "＿" * 20
MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""What a DOCX says of when it was made, so that the same form is the same file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One form: ``lines`` are a label, how many lines are left for it, and what is known of it (a line each).

    ``told`` is read out before signing; ``proof`` and ``address`` (of the page that says whether it is genuine, with
    its ``qr``) stand on numbered papers.
    """

    title: str
    lines: Sequence[tuple[str, int, str]]
    signed: Sequence[str] = ()
    told: Sequence[str] = ()
    before: Sequence[str] = ()
    org: str = ""
    number: str = ""
    on: str = ""
    by_hand: bool = False
    proof: str = ""
    address: str = ""
    qr: str = ""


async def typed(paper: Paper) -> bytes:
    """Return a form as PDF/A, the same bytes each time; raises as `web.typeset.sheet.pdf`."""
    return await bound(TYPED, asdict(paper))


async def written(paper: Paper) -> bytes:
    """Return a form as DOCX, made in a thread."""
    return await asyncio.get_running_loop().run_in_executor(PRESS, docx, paper)


def docx(paper: Paper) -> bytes:
    """Return a form as DOCX (ISO/IEC 29500) on A4; it blocks."""
    made = Document()
    made.core_properties.created = made.core_properties.modified = MADE.replace(tzinfo=None)
    made.core_properties.title, made.core_properties.author = paper.title, paper.org
    page = made.sections[0]
    page.page_width, page.page_height, page.left_margin, page.right_margin = Mm(210), Mm(297), Mm(26), Mm(26)
    plain = made.styles["Normal"]
    plain.font.name, plain.font.size = FONT, Pt(12)
    plain.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    for text, size, bold in ((paper.org, 12, False), (paper.title, 18, True), (paper.number, 11, False)):
        if text:
            head = made.add_paragraph()
            head.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = head.add_run(text)
            run.bold, run.font.size = bold, Pt(size)
    for text in _body(paper):
        made.add_paragraph(text)
    if paper.on:
        made.add_paragraph(_chinese(paper.on)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _body(paper: Paper) -> list[str]:
    told = list(paper.before)
    for label, count, known in paper.lines:
        lines = known.splitlines() or [RULE] * count
        told += [f"{label}：{lines[0]}", *lines[1:]]
    return [*told, *paper.told, *(f"{who}：{RULE}" for who in paper.signed)]


def _chinese(on: str) -> str:
    day = date.fromisoformat(on)
    return f"{day.year}年{day.month}月{day.day}日"
