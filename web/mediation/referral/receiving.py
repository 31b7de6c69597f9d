"""What was handed to one's organisation and by it; the papers; taking or sending back; the centre's board."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Forbidden, Unfit
from community.people.roles import places_where
from community.rights import Right
from mediation.referral import answering
from mediation.referral.package import items_of, opened_words, zipped
from mediation.referral.queries import board, directed, due_of, incoming, may_open, outgoing, visible_handover
from mediation.referral.rules import MOST_BOUNCES, OWN_NUMBER, Passing
from web.forms import Filled, read
from web.mediation.referral.forms import AcceptForm, RejectForm
from web.mediation.referral.words import PARTS
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/referral"


async def queue(request: Request) -> Response:
    """Show what waits for one's organisation, and what it handed on."""
    me, at = signed_in(request), now(request)
    if not await directed(me, at=at):
        raise Forbidden("移交由单位的负责人办理。")
    waiting = await incoming(me, at=at)
    view = {"waiting": waiting, "dues": await due_of(waiting), "gone": await outgoing(me, at=at)}
    return await page(request, f"{HERE}/queue.html", view | {"today": local_day(at)})


async def show(request: Request) -> Response:
    """Show one handover: the letter, the list of papers with their hashes, and the answer."""
    return await _shown(request, Filled({}, None, {}), 200)


async def accept(request: Request) -> Response:
    """Take a case over."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, AcceptForm)
    await visible_handover(me, code, at=now(request))
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        case = await answering.accept(code, number=form.data.number, by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("case", code=case.code))


async def reject(request: Request) -> Response:
    """Send a case back."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, RejectForm)
    await visible_handover(me, code, at=now(request))
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        await answering.reject(code, reason=form.data.reason, article=form.data.article, by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("handover", code=code))


async def package(request: Request) -> Response:
    """Send the papers to their receiver; that they were read is on record."""
    me, code = signed_in(request), request.path_params["code"]
    handover, items = await answering.open_package(code, by=me, at=now(request))
    name = f'attachment; filename="heyi-handover-{handover.code}.zip"'
    return Response(zipped(handover, items), media_type="application/zip", headers={"Content-Disposition": name})


async def dispatch(request: Request) -> Response:
    """Show who has what since when, overdue first."""
    me, at = signed_in(request), now(request)
    if not await places_where(me, Right.CASE_DISPATCH, at=at):
        raise Forbidden("调度由综治中心办理。")
    view = {"rows": await board(me, at=at), "most": MOST_BOUNCES}
    return await page(request, f"{HERE}/board.html", view)


async def _shown(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    handover, views = await visible_handover(me, request.path_params["code"], at=at)
    opens = may_open(handover, views)
    view = {
        "handover": handover,
        "case": handover.case,
        "form": form,
        "items": await items_of(handover),
        "parts": PARTS,
        "reason": opened_words(handover, "reason"),
        "answer": opened_words(handover, "answer"),
        "due": (await due_of([handover])).get(handover.case_id),
        "opens": opens,
        "answers": opens and handover.state is Passing.SENT,
        "own_number": handover.to_track in OWN_NUMBER,
    }
    return await page(request, f"{HERE}/show.html", view, status=status)


routes = [
    Route("/handovers", queue, name="handovers"),
    Route("/handovers/{code}", show, name="handover"),
    Route("/handovers/{code}/acceptance", accept, methods=["POST"], name="handover-acceptance"),
    Route("/handovers/{code}/rejection", reject, methods=["POST"], name="handover-rejection"),
    Route("/handovers/{code}/package.zip", package, name="handover-package"),
    Route("/dispatch", dispatch, name="dispatch"),
]
