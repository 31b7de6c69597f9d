"""The papers of an application as one PDF, in the order in which a court reads them."""

from collections.abc import Sequence
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
from web.paper import qr
from web.person import now
from web.typeset.sheet import NoFont, Sheet, pdf
from web.typeset.signing import sealed

TITLE: Final = "司法确认申请材料"
SCAN: Final = "扫码核对真假"


async def printed(request: Request, found: CourtConfirmation, papers: Sequence[ConfirmationPaper]) -> bytes:
    """Return the PDF; Chinese whatever language its reader uses.

    Raises:
        Unfit: this machine has no Chinese font.
    """
    case: Case = found.case
    address = request.app.state.settings.site_url + url_for("paper", code=found.code)
    sheet = Sheet(
        head=case.org.name,
        title=TITLE,
        on=local_day(found.filed_at or now(request)),
        qr=qr(address),
        address=address,
        scan=SCAN,
        sign=(case.org.name,),
        notes=[line for each in papers for line in (f"· · ·　{TITLES[each.part]}　· · ·", *_lines(found, each))],
        proof=[(TITLES[each.part], f"SHA-256 {each.sha256}") for each in papers],
    )
    try:
        return await sealed(await pdf(sheet), request.app.state.settings)
    except NoFont as why:
        raise Unfit(NO_FONT) from why


def _lines(found: CourtConfirmation, paper: ConfirmationPaper) -> list[str]:
    return [line for line in text_of(found, paper).splitlines() if line]


async def handed(request: Request, found: CourtConfirmation, form: str) -> Response:
    """Return the papers of an application in one of the two forms."""
    papers = await papers_of(found)
    made = await printed(request, found, papers)
    content, kind = (made, "application/pdf") if form == "pdf" else (zipped(found, papers, pdf=made), "application/zip")
    name = f'attachment; filename="heyi-confirmation-{found.code}.{form}"'
    return Response(content, media_type=kind, headers={"Content-Disposition": name, "Cache-Control": "no-store"})
