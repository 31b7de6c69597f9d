"""Asking an expert: the proposal, the parties' answers, commissioning, the opinion."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.case.queries import name_for, seats_of
from mediation.case.states import State
from mediation.evidence import appraising
from mediation.evidence.appraising import OPEN, Proposal
from mediation.evidence.reading import answers_of, appraisal_of, appraisals_of
from web.community.files.receive import BODY
from web.forms import Filled, Form, read, with_files
from web.mediation.evidence.forms import AgreeForm, CommissionForm, OpinionForm, ProposeForm
from web.mediation.evidence.pages import ACCEPT
from web.mediation.evidence.receiving import kept
from web.mediation.evidence.showing import BLANK, HERE
from web.page import done, page, url_for
from web.person import now, signed_in

F = TypeVar("F", bound=Form)


async def board(request: Request) -> Response:
    """List the appraisals of a case; whoever mediates proposes one here."""
    return await _board(request, BLANK)


async def propose(request: Request) -> Response:
    """Propose an appraisal to the parties."""
    me, at, code, filled = (
        signed_in(request),
        now(request),
        request.path_params["code"],
        await read(request, ProposeForm),
    )
    if filled.data is None:
        return await _board(request, filled)
    try:
        row = await appraising.propose(code, Proposal(**filled.data.model_dump()), by=me, at=at)
    except Unfit as wrong:
        return await _board(request, filled.with_error(wrong))
    return done(url_for("appraisal", code=code, appraisal=row.code))


async def _board(request: Request, filled: Filled[Any]) -> Response:
    case, office, views = await appraisals_of(signed_in(request), request.path_params["code"], at=now(request))
    free = office and case.state is State.MEDIATING and not any(each.row.state in OPEN for each in views)
    view = {"case": case, "views": views, "proposes": free, "office": office, "form": filled}
    return await page(request, f"{HERE}/appraisals.html", view, status=422 if filled.errors else 200)


async def show(request: Request) -> Response:
    """Show one appraisal."""
    return await _show(request, BLANK)


async def _show(request: Request, filled: Filled[Any]) -> Response:
    me, at = signed_in(request), now(request)
    view = await appraisal_of(me, request.path_params["code"], request.path_params["appraisal"], at=at)
    inside = view.office or bool(view.stands_for)
    answers = await answers_of(view.row) if inside else []
    seats = await seats_of(me, view.case, at=at) if inside else frozenset()
    shown = {
        "case": view.case,
        "view": view,
        "row": view.row,
        "inside": inside,
        "answers": [(each, name_for(seats, view.case, each.party)) for each in answers],
        "owed": any(each.agreed is None and each.party_id in view.stands_for for each in answers),
        "accept": ACCEPT,
        "form": filled,
    }
    return await page(request, f"{HERE}/appraisal.html", shown, status=422 if filled.errors else 200)


async def _done(request: Request, form: type[F], deed: Callable[[F], Awaitable[object]]) -> Response:
    """Do what a form says, and show the appraisal again; what is wrong comes back beside its field."""
    filled = await read(request, form)
    if filled.data is None:
        return await _show(request, filled)
    try:
        await deed(filled.data)
    except Unfit as wrong:
        return await _show(request, filled.with_error(wrong))
    return done(url_for("appraisal", code=request.path_params["code"], appraisal=request.path_params["appraisal"]))


def _which(request: Request) -> tuple[str, str, dict[str, Any]]:
    where: dict[str, Any] = {"by": signed_in(request), "at": now(request)}
    return request.path_params["code"], request.path_params["appraisal"], where


async def answer(request: Request) -> Response:
    """Say whether one's side agrees, or write down what a party said."""
    code, row, given = _which(request)

    async def deed(data: AgreeForm) -> object:
        return await appraising.answer(code, row, agreed=data.answer == "yes", party_code=data.party, **given)

    return await _done(request, AgreeForm, deed)


async def commission(request: Request) -> Response:
    """Commission the appraisal; the case waits."""
    code, row, given = _which(request)

    async def deed(data: CommissionForm) -> object:
        return await appraising.commission(code, row, free=data.free, sworn=data.sworn, **given)

    return await _done(request, CommissionForm, deed)


@with_files
async def opine(request: Request) -> Response:
    """File the opinion."""
    code, row, given = _which(request)
    view = await appraisal_of(given["by"], code, row, at=given["at"])

    async def deed(data: OpinionForm) -> object:
        async with kept(request, view.case, data.files) as files:
            return await appraising.file_opinion(code, row, data.title, files, **given)

    return await _done(request, OpinionForm, deed)


ONE: Final = "/cases/{code}/appraisals/{appraisal}"

routes = [
    Route("/cases/{code}/appraisals", board, name="appraisals"),
    Route("/cases/{code}/appraisals", propose, methods=["POST"]),
    Route(ONE, show, name="appraisal"),
    Route(f"{ONE}/answers", answer, methods=["POST"], name="appraisal-answers"),
    Route(f"{ONE}/commission", commission, methods=["POST"], name="appraisal-commission"),
    Route(f"{ONE}/opinion", opine, methods=["POST"], name="appraisal-opinion", max_body_size=BODY),
]
