"""A dossier as one PDF: cover, index with page numbers, body, statement and back; Chinese whoever reads it."""

from pathlib import Path
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Unfit
from mediation.archive.export import Opened, metadata
from mediation.archive.genuine import mark_of
from mediation.archive.reading import TITLES
from web.mediation.intake.letters import NO_FONT
from web.page import url_for
from web.paper import qr_drawing
from web.typeset.sheet import NoFont, NoGlyph, bound
from web.words import N_

FORM: Final = Path(__file__).parents[2] / "typeset" / "dossier.typ"
NO_GLYPH: Final = N_("卷宗里有的字，这台机器的字体排不出来，不出缺字的 PDF。请先请管理员补装字体。")


async def typeset(found: Opened, site_url: str) -> bytes:
    """Return the PDF of a dossier; the same bytes for the same dossier.

    On its back stands a code that opens the page which says whether it is genuine.

    Raises:
        Unfit: this machine has no Chinese font, or none for a letter in it.
    """
    try:
        address = site_url + url_for("paper", code=mark_of(found.bound))
        return await bound(FORM, {**told(found), "address": address, "qr": qr_drawing(address)})
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    except NoGlyph as why:
        raise Unfit(NO_GLYPH) from why


def told(found: Opened) -> dict[str, Any]:
    """Return what stands on the sheets, as the form reads it."""
    about, on = metadata(found), local_day(found.bound.at)
    changed = {each.row for each in found.changed}
    return {
        "org": about["org"],
        "name": "人民调解卷宗" if "人调" in about["number"] else "行政调解卷宗",
        "title": about["title"],
        "number": about["number"],
        "on": [on.year, on.month, on.day],
        "cover": _cover(about),
        "papers": [
            {
                "title": each.title,
                "remark": f"{each.n}份" + ("，归档后有变动" if each.row in changed else ""),
                "lines": each.lines or ["（没有可以看的内容）"],
                "sha256": each.bound,
            }
            for each in found.papers
        ],
        "statement": _statement(found),
        "checked": [["立卷人", found.keeper], ["立卷日期", on.isoformat()], ["检查人", ""], ["检查日期", ""]],
        "proof": [["目录校验值", about["chain"]["manifest"]], ["链接值", about["chain"]["link"]]],
    }


def _cover(about: dict[str, Any]) -> list[list[str]]:
    return [
        ["卷号", about["number"]],
        ["年度", about["number"][1:5]],
        ["查询码", about["case"]],
        ["人民调解员", about["mediator"]],
        ["调解日期", f"{about['from']} 至 {about['to']}"],
        ["立卷人", about["archived_by"]],
        ["立卷日期", about["archived_at"][:10]],
        ["保管期限", about["retention"]],
        ["备注", "单独谈话、内部意见和方案不入卷"],
    ]


def _statement(found: Opened) -> list[str]:
    lacks = "、".join(TITLES[each] for each in found.lacks)
    changed = "、".join(each.title for each in found.changed)
    return [
        f"按结果应有而没有的文书：{lacks}。" if lacks else "按结果应有的文书齐全。",
        f"归档以后内容有变动的文书：{changed}。" if changed else "各文书和归档时的校验值一致。",
        *([f"情况说明：{found.words}"] if found.words else []),
    ]
