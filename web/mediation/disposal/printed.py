"""The numbered list of what was destroyed, as one sheet; Chinese whoever reads it."""

from typing import Final

from community.calendar.rules import local_day
from community.errors import Unfit
from mediation.disposal.models import DisposalList
from mediation.disposal.queries import Line
from mediation.intake.rules import Kind
from web.locale import SOURCE, say
from web.mediation.archive.printed import NO_GLYPH
from web.mediation.intake.letters import NO_FONT
from web.mediation.intake.words import KINDS
from web.page import url_for
from web.paper import qr_drawing
from web.typeset.sheet import NoFont, NoGlyph, Sheet, pdf

TITLE: Final = "卷宗销毁清册"
COLUMNS: Final = ("卷号", "类型", "立卷日期", "保管到", "件数", "谈话句数", "目录校验值")


async def typeset(row: DisposalList, lines: list[Line], site_url: str) -> bytes:
    """Return the PDF of a list; the same bytes each time once it is decided.

    Raises:
        Unfit: this machine has no Chinese font, or none for a letter in it.
    """
    address = site_url + url_for("disposal", code=row.code)
    try:
        return await pdf(_sheet(row, lines, address))
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    except NoGlyph as why:
        raise Unfit(NO_GLYPH) from why


def _sheet(row: DisposalList, lines: list[Line], address: str) -> Sheet:
    on = local_day(row.decided_at or row.asked_at)
    decided = row.decided_by.name if row.decided_by else ""
    return Sheet(
        head=row.org.name,
        title=TITLE,
        on=on,
        when=row.number or "（待批）",
        facts=(("鉴定意见", row.words), ("卷数", f"{len(lines)} 卷")),
        how="清册",
        columns=COLUMNS,
        rows=[_row(each) for each in lines],
        proof=(("鉴定人", row.asked_by.name), ("同意销毁的人", decided), ("日期", on.isoformat())),
        sign=("鉴定人（签名）：＿＿＿＿＿＿", "监销人（签名）：＿＿＿＿＿＿"),
        foot="卷里的内容已经销毁，本清册长期保存。" if row.number else "还没有销毁。",
        qr=qr_drawing(address),
        address=address,
        scan="扫码核对",
    )


def _row(each: Line) -> list[str]:
    kind = say(SOURCE, KINDS[Kind(each.kind)])
    until = each.kept_until.isoformat() if each.kept_until else "永久"
    talk = "" if each.talk is None else str(each.talk)
    return [each.number, kind, each.bound_on.isoformat(), until, str(each.leaves), talk, f"{each.manifest[:16]}…"]
