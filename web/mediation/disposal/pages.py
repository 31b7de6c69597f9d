"""The lists of one's shelves, proposing one, and saying yes or no to it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.disposal import commands, queries
from mediation.disposal.rules import WORDS, DisposalStage
from mediation.intake.rules import Kind
from web.forms import Filled, read
from web.mediation.disposal.forms import ProposeForm, ProveForm, RefuseForm
from web.mediation.disposal.printed import typeset
from web.mediation.disposal.proving import prove
from web.page import done, page, url_for
from web.person import now, signed_in
from web.typeset.signing import sealed

HERE: Final = "mediation/disposal"
EMPTY: Final[Filled[Any]] = Filled({}, None, {})


async def lists(request: Request) -> Response:
    """Show the lists, and what could be put on one."""
    return await _lists(request, EMPTY)


async def propose(request: Request) -> Response:
    """Put dossiers on a list, after showing again who one is."""
    me, at, filled = signed_in(request), now(request), await read(request, ProposeForm)
    if filled.data is None:
        return await _lists(request, filled)
    try:
        await prove(request, me, filled.data, at=at)
        made = await commands.propose(filled.data.cases, filled.data.words, by=me, at=at)
    except Unfit as why:
        return await _lists(request, filled.with_error(why))
    return done(url_for("disposal", code=made.code))


async def _lists(request: Request, filled: Filled[Any]) -> Response:
    me, at = signed_in(request), now(request)
    view = {"rows": await queries.lists(me, at=at), "ripe": await queries.ripe(me, at=at), "filled": filled}
    view |= {"most": WORDS, "kind_of": Kind, "factor": bool(me.totp_secret)}
    return await page(request, f"{HERE}/lists.html", view, status=422 if filled.errors else 200)


async def show(request: Request) -> Response:
    """Show one list."""
    return await _show(request, EMPTY)


async def _show(request: Request, filled: Filled[Any]) -> Response:
    me, at = signed_in(request), now(request)
    row = await queries.visible(me, request.path_params["code"], at=at)
    open_ = row.stage is DisposalStage.PROPOSED
    view = {
        "row": row,
        "lines": await queries.lines(row),
        "decides": open_ and await queries.decides(me, row, at=at),
        "own": open_ and row.asked_by_id == me.id,
        "filled": filled,
        "most": WORDS,
        "kind_of": Kind,
        "factor": bool(me.totp_secret),
    }
    return await page(request, f"{HERE}/show.html", view, status=422 if filled.errors else 200)


async def approve(request: Request) -> Response:
    """Agree and destroy, after showing again who one is."""
    me, at = signed_in(request), now(request)

    async def do(data: ProveForm) -> None:
        await prove(request, me, data, at=at)
        await commands.approve(request.path_params["code"], by=me, at=at)

    return await _deed(request, ProveForm, do)


async def refuse(request: Request) -> Response:
    """Say no."""

    async def do(data: RefuseForm) -> None:
        await commands.refuse(request.path_params["code"], data.why, by=signed_in(request), at=now(request))

    return await _deed(request, RefuseForm, do)


async def withdraw(request: Request) -> Response:
    """Take one's own list back."""
    await commands.withdraw(request.path_params["code"], by=signed_in(request), at=now(request))
    return done(url_for("disposal", code=request.path_params["code"]))


async def _deed(request: Request, form: Any, do: Callable[[Any], Awaitable[None]]) -> Response:  # noqa: ANN401 - a form
    await queries.visible(signed_in(request), request.path_params["code"], at=now(request))
    filled = await read(request, form)
    if filled.data is None:
        return await _show(request, filled)
    try:
        await do(filled.data)
    except Unfit as why:
        return await _show(request, filled.with_error(why))
    return done(url_for("disposal", code=request.path_params["code"]))


async def sheet(request: Request) -> Response:
    """Hand the list out as PDF."""
    row = await queries.visible(signed_in(request), request.path_params["code"], at=now(request))
    settings = request.app.state.settings
    body = await sealed(await typeset(row, await queries.lines(row), settings.site_url), settings)
    headers = {
        "Content-Disposition": f'attachment; filename="heyi-disposal-{row.code}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(body, media_type="application/pdf", headers=headers)


LIST = "/shelf/disposal/{code}"
routes = [
    Route("/shelf/disposal", lists, name="disposals"),
    Route("/shelf/disposal", propose, methods=["POST"]),
    Route(LIST, show, name="disposal"),
    Route(f"{LIST}/list.pdf", sheet, name="disposal-sheet"),
    Route(f"{LIST}/approval", approve, methods=["POST"], name="disposal-approval"),
    Route(f"{LIST}/refusal", refuse, methods=["POST"], name="disposal-refusal"),
    Route(f"{LIST}/withdrawal", withdraw, methods=["POST"], name="disposal-withdrawal"),
]
