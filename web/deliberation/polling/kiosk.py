"""现场平板 — a shared device: a clerk opens it and is signed out of it; people vote on it one after another."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, MovedOn, TooOften, Unfit
from community.people.sessions import end
from community.rights import Right
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollHead
from deliberation.body.queries import heads as heads_of
from deliberation.polling import kiosk as desk
from deliberation.polling import queries
from deliberation.polling.models import Kiosk
from deliberation.polling.rules import IDLE
from deliberation.polling.slips import ballot_for
from deliberation.polling.speaking import speaker_names
from web.community.people.cookie import host, unbake
from web.deliberation.asking import number
from web.deliberation.ballot.reading import words_of
from web.deliberation.matter.shown import under_vote
from web.deliberation.polling.forms import AdmitForm, ChoiceForm, CodeForm
from web.deliberation.question.shown import head_of, sheet_of
from web.forms import Filled, read
from web.page import Prefs, done, page, prefs_of
from web.person import now, session_here, signed_in

COOKIE = "heyi-kiosk"


async def show(request: Request) -> Response:
    """Show a clerk the devices of a ballot, and let them hand one to a voter or make this one a kiosk."""
    by, at = signed_in(request), now(request)
    ballot = await ballot_for(request.path_params["id"], Right.BALLOT_SET_UP, by=by, at=at)
    return await _show(request, ballot, Filled({}, None, {}))


async def _show(request: Request, ballot: Ballot, filled: Filled[AdmitForm], *, status: int = 200) -> Response:
    listed, more = await heads_of(ballot.roll, after=number(request, "after") or 0)
    at = now(request)
    chosen = str(filled.value("head"))
    kiosks = await queries.kiosks(ballot)
    view = {
        "ballot": ballot,
        "kiosks": [(one, desk.turn_of(one, at=at) is not None) for one in kiosks],
        "heads": listed,
        "next": more,
        "filled": filled,
        "names": await speaker_names(int(chosen)) if filled.errors and chosen.isdigit() else [],
    }
    return await page(request, "deliberation/polling/kiosks.html", view, status=status)


async def open_here(request: Request) -> Response:
    """Make this device a kiosk: whoever opens it is signed out of it."""
    by, at = signed_in(request), now(request)
    token = await desk.open_kiosk(request.path_params["id"], by=by, at=at)
    await end(session_here(request), by=by, at=at)
    response = unbake(done("/kiosk"), request)
    response.set_cookie(
        COOKIE,
        token,
        path="/kiosk",
        httponly=True,
        samesite="strict",
        secure=request.app.state.settings.site_url.startswith("https"),
    )
    return response


async def admit(request: Request) -> Response:
    """Hand a kiosk to a voter found on the roll."""
    by, at, filled = signed_in(request), now(request), await read(request, AdmitForm)
    code, ballot_id = request.path_params["code"], request.path_params["id"]
    ballot = await ballot_for(ballot_id, Right.BALLOT_SET_UP, by=by, at=at)
    if filled.data is None:
        return await _show(request, ballot, filled, status=422)
    try:
        await desk.admit(code, filled.data.head, filled.data.speaker, by=by, at=at)
    except Unfit as why:
        return await _show(request, ballot, filled.with_error(why), status=422)
    return done(f"/ballots/{ballot_id}/kiosk")


async def close(request: Request) -> Response:
    """Let a device be a kiosk no longer."""
    kiosk = await desk.end_kiosk(request.path_params["code"], by=signed_in(request), at=now(request))
    return done(f"/ballots/{kiosk.ballot_id}/kiosk")


# On the device


async def _here(request: Request) -> Kiosk:
    if not (token := request.cookies.get(COOKIE, "")):
        raise Hidden("这台设备不是投票平板。")
    return await desk.kiosk_with(token, at=now(request))


async def _screen(request: Request, name: str, view: dict[str, object], *, status: int = 200) -> Response:
    big = Prefs(mode="elder", lang=prefs_of(request).lang)
    response = await page(request, f"deliberation/polling/{name}.html", {**view, "prefs": big}, status=status)
    response.headers["Refresh"] = f"{IDLE.seconds};url=/kiosk"  # who needs longer says so: `stay`
    return response


async def stand(request: Request) -> Response:
    """Show the question to whoever stands there, else ask for a code."""
    kiosk = await _here(request)
    if desk.turn_of(kiosk, at=now(request)) is None:
        return await _code(request, kiosk, Filled({}, None, {}))
    return await _question(request, kiosk, Filled({}, None, {}))


async def _code(request: Request, kiosk: Kiosk, filled: Filled[CodeForm], *, status: int = 200) -> Response:
    return await _screen(request, "kiosk_code", {"kiosk": kiosk, "filled": filled}, status=status)


async def _question(request: Request, kiosk: Kiosk, filled: Filled[ChoiceForm], *, status: int = 200) -> Response:
    ballot = kiosk.ballot
    view = {
        "ballot": ballot,
        "text": under_vote(ballot.matter, await words_of(ballot), on_roll=True),
        "head": await RollHead.get(id=kiosk.head_id),
        "choices": list(Choice),
        "sheet": sheet_of(ballot),
        "asks": head_of(ballot),
        "filled": filled,
    }
    return await _screen(request, "kiosk_paper", view, status=status)


async def identify(request: Request) -> Response:
    """Let a voter show who they are by the code on their slip."""
    kiosk, filled = await _here(request), await read(request, CodeForm)
    if filled.data is None:
        return await _code(request, kiosk, filled, status=422)
    given = filled.data
    try:
        await desk.identify(kiosk, given.code, given.speaker, host=host(request), at=now(request))
    except (Unfit, TooOften, MovedOn) as why:
        mistaken = filled.with_error(Unfit(why.reason, field="code", **why.facts))
        return await _code(request, kiosk, mistaken, status=429 if isinstance(why, TooOften) else 422)
    return done("/kiosk")


async def cast(request: Request) -> Response:
    """Hand in the choice of whoever stands there, and forget them."""
    kiosk, filled = await _here(request), await read(request, ChoiceForm)
    standing = desk.turn_of(kiosk, at=now(request)) is not None
    try:
        said = filled.data.said(kiosk.ballot) if filled.data else None
    except Unfit as why:
        filled, said = filled.with_error(why), None
    if said is None:
        return await _question(request, kiosk, filled, status=422) if standing else done("/kiosk")
    try:
        await desk.choose(request.cookies[COOKIE], said, at=now(request))
    except Unfit as why:
        empty: Filled[CodeForm] = Filled({}, None, {})
        return await _code(request, kiosk, empty.with_error(why), status=422)
    return done("/kiosk/receipt")


async def receipt(request: Request) -> Response:
    """Show the number of the last receipt for a minute; never what was chosen."""
    kiosk = await _here(request)
    if not kiosk.receipt or now(request) - kiosk.seen_at >= IDLE:
        return done("/kiosk")
    number_ = "-".join(kiosk.receipt[at : at + 4].upper() for at in range(0, len(kiosk.receipt), 4))
    return await _screen(request, "kiosk_done", {"number": number_})


async def stay(request: Request) -> Response:
    """Give whoever stands there another minute, as often as they ask."""
    kiosk = await _here(request)
    await desk.stay(kiosk, at=now(request))
    return done("/kiosk/receipt" if kiosk.receipt else "/kiosk")


async def leave(request: Request) -> Response:
    """Forget whoever stands there."""
    await desk.leave(await _here(request), at=now(request))
    return done("/kiosk")


routes = [
    Route("/ballots/{id:int}/kiosk", show, name="ballot-kiosk"),
    Route("/ballots/{id:int}/kiosk", open_here, methods=["POST"], name="kiosk-open"),
    Route("/ballots/{id:int}/kiosk/{code}/voter", admit, methods=["POST"], name="kiosk-admit"),
    Route("/ballots/{id:int}/kiosk/{code}/end", close, methods=["POST"], name="kiosk-end"),
    Route("/kiosk", stand, name="kiosk"),
    Route("/kiosk", identify, methods=["POST"], name="kiosk-identify"),
    Route("/kiosk/choice", cast, methods=["POST"], name="kiosk-cast"),
    Route("/kiosk/receipt", receipt, name="kiosk-receipt"),
    Route("/kiosk/stay", stay, methods=["POST"], name="kiosk-stay"),
    Route("/kiosk/leave", leave, methods=["POST"], name="kiosk-leave"),
]
