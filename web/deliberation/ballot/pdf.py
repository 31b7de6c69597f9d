"""The notice of a vote and its result as PDF, for the board, the file and the post. Hidden words are never in it.

Both bear the signature of the organisation where a certificate is set up.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from deliberation.ballot import queries
from deliberation.ballot.models import Ballot
from deliberation.ledger.queries import latest
from web.deliberation.ballot.figures import shown_result
from web.deliberation.ballot.printing import Frame, notice_sheet, result_sheet
from web.deliberation.ballot.reading import shown_to
from web.page import chrome, prefs_of
from web.typeset.sheet import NoFont, Sheet, pdf
from web.typeset.signing import sealed
from web.words import N_

NO_FONT: Final = N_("这台机器没有中文字体，排不出 PDF。请先用网页打印，再请管理员装上 fonts-noto-cjk。")


async def result(request: Request) -> Response:
    """Send the result on one sheet, as the public is told it."""
    ballot = await queries.find(request.path_params["id"])
    row = await queries.result_of(ballot)
    if row is None:
        raise Hidden("结果还没有公布。截止以后由两位计票人计票，三天内公布。")
    frame, tellings = await _frame(request, ballot, "/log"), await queries.tellings(ballot)
    sheet = result_sheet(frame, shown_result(row), tellings, await latest(ballot.id))
    return await _send(request, sheet, ballot, "result")


async def notice(request: Request) -> Response:
    """Send the notice on one sheet."""
    ballot = await queries.find(request.path_params["id"])
    return await _send(request, notice_sheet(await _frame(request, ballot)), ballot, "notice")


async def _frame(request: Request, ballot: Ballot, path: str = "") -> Frame:
    around = await chrome(request)
    site = around["site"]
    return Frame(
        ballot=ballot,
        text=await shown_to(None, ballot),
        address=f"{request.app.state.settings.site_url}/ballots/{ballot.id}{path}",
        host=site.host_name,  # type: ignore[attr-defined]
        phone=site.phone,  # type: ignore[attr-defined]
        lang=prefs_of(request).lang,
    )


async def _send(request: Request, sheet: Sheet, ballot: Ballot, name: str) -> Response:
    try:
        content = await sealed(await pdf(sheet), request.app.state.settings)
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    headers = {
        "Content-Disposition": f'inline; filename="heyi-ballot-{ballot.id}-{name}.pdf"',
        "Cache-Control": "no-cache",
        "Vary": "Cookie, Accept-Language",
    }
    return Response(content, media_type="application/pdf", headers=headers)


routes = [
    Route("/ballots/{id:int}/notice.pdf", notice, name="ballot-notice-pdf"),
    Route("/ballots/{id:int}/result.pdf", result, name="ballot-result-pdf"),
]
