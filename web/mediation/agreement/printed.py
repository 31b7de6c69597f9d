"""The agreement as PDF: Chinese whatever language its reader uses, signed by the organisation where it can."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from community.calendar.rules import local_day
from community.errors import Unfit
from web.mediation.agreement.sheets import COLUMNS
from web.mediation.intake.letters import NO_FONT
from web.page import url_for
from web.paper import qr_drawing
from web.person import now
from web.typeset.sheet import NoFont, NoGlyph, bound
from web.typeset.signing import sealed
from web.words import N_

FORM: Final = Path(__file__).parents[2] / "typeset" / "deed.typ"
SCAN: Final = "扫码核对真假"
NO_GLYPH: Final = N_("协议里有的字，这台机器的字体排不出来，不出缺字的 PDF。请先用网页打印，再请管理员补装字体。")


def _day(at: datetime) -> list[int]:
    on = local_day(at)
    return [on.year, on.month, on.day]


async def printed(request: Request, view: dict[str, Any]) -> Response:
    """Return the PDF of an agreement.

    Raises:
        Unfit: this machine has no Chinese font, or none for a letter in it; or it cannot be signed.
    """
    paper, version = view["paper"], view["version"]
    address = request.app.state.settings.site_url + url_for("paper", code=version.code)
    told = {
        "org": paper.org,
        "title": view["title"],
        "number": paper.number,
        "on": _day(version.frozen_at or now(request)),
        "sections": view["sections"],
        "signed": [(each.label, each.who, each.how, list(each.drawn)) for each in view["sign"]],
        "roster": view["roster"],
        "roster_title": "附：名册",
        "roster_told": "".join(view["roster_told"]),
        "roster_columns": COLUMNS,
        "proof": [("文本校验值（SHA-256）", version.sha256)],
        "qr": qr_drawing(address),
        "address": address,
        "scan": SCAN,
    }
    try:
        made = await sealed(await bound(FORM, told), request.app.state.settings)
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    except NoGlyph as why:
        raise Unfit(NO_GLYPH) from why
    name = f'inline; filename="heyi-agreement-{view["case"].code}.pdf"'
    return Response(
        made, media_type="application/pdf", headers={"Content-Disposition": name, "Cache-Control": "no-store"}
    )
