"""The cover, list and statement of a digitised copy as one PDF; Chinese whoever reads it."""

from pathlib import Path
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Unfit
from mediation.archive.genuine import MARK as SIGNS
from mediation.digitised.export import MARK, metadata
from mediation.digitised.models import PaperDossier, PaperScan
from web.mediation.archive.printed import NO_GLYPH
from web.mediation.intake.letters import NO_FONT
from web.page import url_for
from web.paper import qr_drawing
from web.typeset.sheet import NoFont, NoGlyph, bound

FORM: Final = Path(__file__).parents[2] / "typeset" / "dossier.typ"


async def typeset(dossier: PaperDossier, scans: list[PaperScan], kind: str, site_url: str) -> bytes:
    """Return the PDF of a compared copy; the same bytes each time.

    Raises:
        Unfit: this machine has no Chinese font, or none for a letter in it.
    """
    address = site_url + url_for("paper", code=(dossier.link or "")[:SIGNS])
    try:
        return await bound(FORM, {**_told(metadata(dossier, scans, kind), dossier), **_code(address)})
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    except NoGlyph as why:
        raise Unfit(NO_GLYPH) from why


def _code(address: str) -> dict[str, str]:
    return {"address": address, "qr": qr_drawing(address)}


def _told(about: dict[str, Any], dossier: PaperDossier) -> dict[str, Any]:
    on = local_day(dossier.compared_at or dossier.scanned_at)
    checked = [
        ["扫描人", about["scanned_by"]],
        ["扫描日期", about["scanned_at"][:10]],
        ["比对人", about["compared_by"]],
        ["比对日期", about["compared_at"][:10]],
    ]
    lines = [_line(each) for each in about["papers"]]
    lists = {"title": "扫描件清单", "remark": f"{len(lines)}个文件", "lines": lines, "sha256": dossier.manifest}
    return {
        "org": about["org"],
        "name": "人民调解卷宗",
        "title": f"{about['title']}（{MARK}）",
        "number": about["number"],
        "on": [on.year, on.month, on.day],
        "cover": _cover(about),
        "papers": [lists],
        "statement": [
            f"本卷是纸质卷宗的数字化副本，共 {about['pages']} 页，已和原件逐页比对，页数和内容一致。",
            *([f"比对说明：{about['statement']}"] if about["statement"] else []),
        ],
        "checked": checked,
        "proof": [["清单校验值", dossier.manifest], ["链接值", dossier.link or ""]],
    }


def _line(each: dict[str, Any]) -> str:
    last = each["first"] + each["n"] - 1
    pages = f"第{each['first']}页" if each["n"] == 1 else f"第{each['first']}–{last}页"
    return f"{each['row']}.　{each['title']}　{pages}　{each['file']}　SHA-256 {each['sha256'][:16]}…"


def _cover(about: dict[str, Any]) -> list[list[str]]:
    return [
        ["卷号", about["number"]],
        ["纠纷类型", about["kind"]],
        ["立案和结案", f"{about['from']} 至 {about['to']}"],
        ["页数", f"{about['pages']}页"],
        ["保管期限", about["retention"]],
        ["原件存放", about["original_at"] or "（未写）"],
        ["扫描方式", about["scanned_how"] or "（未写）"],
        ["备注", MARK],
    ]
