"""The papers of an application as one PDF, in the order in which a court reads them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from community.calendar.rules import local_day
from community.errors import Unfit
from mediation.case.models import Case
from mediation.confirmation.models import ConfirmationPaper, CourtConfirmation
from mediation.confirmation.package import TITLES, text_of, zipped
from mediation.confirmation.queries import papers_of
from web.mediation.intake.letters import NO_FONT
from web.page import url_for
from web.paper import qr_drawing
from web.person import now
from web.typeset.sheet import NoFont, NoGlyph, bound
from web.typeset.signing import sealed
from web.words import N_

TITLE: Final = "司法确认申请材料"
SCAN: Final = "扫码核对真假"
FORM: Final = Path(__file__).parents[2] / "typeset" / "package.typ"
LIST: Final = "checklist"
NO_GLYPH: Final = N_("材料里有的字，这台机器的字体排不出来，不出缺字的 PDF。请先请管理员补装字体。")


async def printed(request: Request, found: CourtConfirmation, papers: Sequence[ConfirmationPaper]) -> bytes:
    """Return the PDF; Chinese whatever language its reader uses.

    Raises:
        Unfit: this machine has no Chinese font, or none for a letter in it.
    """
    case: Case = found.case
    address = request.app.state.settings.site_url + url_for("paper", code=found.code)
    on = local_day(found.filed_at or now(request))
    told = {
        "org": case.org.name,
        "title": TITLE,
        "code": case.code,
        "on": [on.year, on.month, on.day],
        "list": [line for each in papers if each.part == LIST for line in _lines(found, each)[1:]],
        "papers": [{"title": TITLES[e.part], "lines": _lines(found, e)[1:]} for e in papers if e.part != LIST],
        "proof": [(TITLES[each.part], each.sha256) for each in papers],
        "qr": qr_drawing(address),
        "address": address,
        "scan": SCAN,
    }
    try:
        return await sealed(await bound(FORM, told), request.app.state.settings)
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    except NoGlyph as why:
        raise Unfit(NO_GLYPH) from why


def _lines(found: CourtConfirmation, paper: ConfirmationPaper) -> list[str]:
    return [line for line in text_of(found, paper).splitlines() if line]


async def handed(request: Request, found: CourtConfirmation, form: str) -> Response:
    """Return the papers of an application in one of the two forms."""
    papers = await papers_of(found)
    made = await printed(request, found, papers)
    content, kind = (made, "application/pdf") if form == "pdf" else (zipped(found, papers, pdf=made), "application/zip")
    name = f'attachment; filename="heyi-confirmation-{found.code}.{form}"'
    return Response(content, media_type=kind, headers={"Content-Disposition": name, "Cache-Control": "no-store"})
