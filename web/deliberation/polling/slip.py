"""投票码 — voting with the code on a slip: type it, see the question, choose, keep the receipt. Looking never votes."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, TooOften, Unfit
from deliberation.ballot.models import Paper
from deliberation.ballot.queries import by_receipt, find
from deliberation.ballot.votes import Choice
from deliberation.polling import slips
from deliberation.polling.models import VoteSlip
from deliberation.polling.speaking import speaker_names
from web.community.people.cookie import host
from web.deliberation.ballot.reading import words_of
from web.deliberation.ballot.voting import spaced
from web.deliberation.matter.shown import under_vote
from web.deliberation.polling.forms import ChoiceForm, CodeForm
from web.deliberation.question.shown import head_of, sheet_of
from web.forms import Filled, read
from web.page import done, page
from web.person import now

COOKIE = "heyi-slip"
MINUTES = 15


async def door(request: Request) -> Response:
    """Ask for the code; a scanned sheet has it filled in already, and still nothing is opened before it is sent."""
    typed = {"code": request.query_params.get("code", "")[:20]}
    return await page(request, "deliberation/polling/code.html", {"filled": Filled(typed, None, {})})


async def enter(request: Request) -> Response:
    """Keep the code in a cookie for a quarter of an hour, once it is known to be right."""
    filled = await read(request, CodeForm)
    if filled.data is None:
        return await page(request, "deliberation/polling/code.html", {"filled": filled}, status=422)
    here = host(request)
    try:
        await slips.show_code(filled.data.code, device=here, host=here, at=now(request))
    except (Unfit, TooOften) as why:
        mistaken = filled.with_error(Unfit(why.reason, field="code", **why.facts))
        status = 429 if isinstance(why, TooOften) else 422
        return await page(request, "deliberation/polling/code.html", {"filled": mistaken}, status=status)
    response = done("/vote/paper")
    response.set_cookie(
        COOKIE,
        filled.data.code,
        max_age=MINUTES * 60,
        path="/vote",
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.site_url.startswith("https"),
    )
    return response


async def _slip(request: Request) -> VoteSlip:
    if not (code := request.cookies.get(COOKIE, "")):
        raise Hidden("请先输入投票码。")
    try:
        return await slips.slip_of(code, at=now(request))
    except Unfit as why:
        raise Hidden(why.reason) from why


async def paper(request: Request) -> Response:
    """Show the question with nothing chosen."""
    return await _paper(request, await _slip(request), Filled({}, None, {}))


async def _paper(request: Request, slip: VoteSlip, filled: Filled[ChoiceForm], *, status: int = 200) -> Response:
    view = {
        "ballot": slip.ballot,
        "text": under_vote(slip.ballot.matter, await words_of(slip.ballot), on_roll=True),
        "label_of": slip.head.label,
        "names": await speaker_names(slip.head_id),
        "choices": list(Choice),
        "sheet": sheet_of(slip.ballot),
        "asks": head_of(slip.ballot),
        "filled": filled,
        "at": now(request),
    }
    return await page(request, "deliberation/polling/paper.html", view, status=status)


async def cast(request: Request) -> Response:
    """Hand in a choice."""
    slip, filled = await _slip(request), await read(request, ChoiceForm)
    if filled.data is None:
        return await _paper(request, slip, filled, status=422)
    code = request.cookies[COOKIE]
    try:
        said = filled.data.said(slip.ballot)
        handed = await slips.cast_by_slip(code, said, filled.data.speaker, at=now(request))
    except Unfit as why:
        return await _paper(request, slip, filled.with_error(why), status=422)
    return done(f"/vote/receipts/{handed.receipt}")


async def receipt(request: Request) -> Response:
    """Show what was handed in, while the code is still in the cookie of this device."""
    slip = await _slip(request)
    found: Paper | None = await by_receipt(await find(slip.ballot_id), request.path_params["receipt"])
    if found is None or found.vote.head_id != slip.head_id:
        raise Hidden("没有找到这张回执。")
    view = {
        "ballot": slip.ballot,
        "sheet": sheet_of(slip.ballot),
        "paper": found,
        "number": spaced(found),
        "changed": found.order > 1,
    }
    return await page(request, "deliberation/polling/done.html", view)


async def leave(_request: Request) -> Response:
    """Forget the code."""
    response = done("/vote")
    response.delete_cookie(COOKIE, path="/vote")
    return response


routes = [
    Route("/vote", door, name="slip"),
    Route("/vote", enter, methods=["POST"], name="slip-enter"),
    Route("/vote/paper", paper, name="slip-paper"),
    Route("/vote/paper", cast, methods=["POST"], name="slip-cast"),
    Route("/vote/receipts/{receipt}", receipt, name="slip-receipt"),
    Route("/vote/leave", leave, methods=["POST"], name="slip-leave"),
]
