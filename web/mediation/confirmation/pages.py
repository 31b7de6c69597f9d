"""Judicial confirmation of a case's agreement, as the parties and those who work on the case see it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from mediation.case.access import Thing
from mediation.case.queries import HIDDEN, readable
from mediation.confirmation import applying, ruling
from mediation.confirmation.queries import history
from mediation.privacy.logging import note
from web.forms import Filled, read
from web.mediation.confirmation.forms import ApplyForm, CourtForm, WordsForm
from web.mediation.confirmation.printed import handed
from web.mediation.confirmation.view import view_of
from web.mediation.confirmation.words import METHODS
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/confirmation"
BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def show(request: Request) -> Response:
    """Show whether and until when it may be applied for, who has, and what the court said."""
    return await _shown(request, BLANK)


async def _shown(request: Request, form: Filled[Any]) -> Response:
    me, at = signed_in(request), now(request)
    case, seats = await readable(me, request.path_params["code"], Thing.CONFIRMATION, at=at)
    await note(case, seats, (Thing.CONFIRMATION,), by=me, at=at)
    view = {**await view_of(case, seats, me, at), "form": form, "how": METHODS}
    return await page(request, f"{HERE}/show.html", view, status=422 if form.errors else 200)


async def _did(request: Request, form: Filled[Any], deed: Callable[[], Awaitable[object]]) -> Response:
    """Do one deed and lead back to the page, or show what is to be mended."""
    if form.errors:
        return await _shown(request, form)
    try:
        await deed()
    except Unfit as why:
        return await _shown(request, form.with_error(why))
    return done(url_for("case-confirmation", code=request.path_params["code"]))


async def choose(request: Request) -> Response:
    """Choose the court and begin."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, CourtForm)
    data = form.data or CourtForm()
    return await _did(
        request, form, lambda: applying.prepare(code, data.court, nexus=data.nexus, by=me, at=now(request))
    )


async def apply(request: Request) -> Response:
    """Apply for oneself, or write down that a party did."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, ApplyForm)
    data = form.data or ApplyForm()
    if data.party:
        return await _did(
            request,
            form,
            lambda: applying.apply_for(code, data.party, data.method, real=data.real, by=me, at=now(request)),
        )
    return await _did(request, form, lambda: applying.apply(code, sworn=data.sworn, by=me, at=now(request)))


async def file(request: Request) -> Response:
    """Send it to the court."""
    me, code = signed_in(request), request.path_params["code"]
    return await _did(request, BLANK, lambda: applying.file(code, by=me, at=now(request)))


async def withdraw(request: Request) -> Response:
    """Take the application back."""
    me, code = signed_in(request), request.path_params["code"]
    return await _did(request, BLANK, lambda: applying.withdraw(code, by=me, at=now(request)))


async def bring(request: Request) -> Response:
    """Write down that what was lacking went to the court."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, WordsForm)
    words = form.data.words if form.data else ""
    return await _did(request, form, lambda: ruling.bring(code, words=words, by=me, at=now(request)))


async def package(request: Request) -> Response:
    """Give the papers that went to the court to whoever may read them: as ZIP, or as one PDF."""
    me, at = signed_in(request), now(request)
    case, seats = await readable(me, request.path_params["code"], Thing.CONFIRMATION, at=at)
    found = next((each for each in await history(case) if each.filed_at), None)
    if found is None:
        raise Hidden(HIDDEN)
    await note(case, seats, (Thing.CONFIRMATION,), by=me, at=at)
    found.case = case
    return await handed(request, found, "pdf" if request.path_params["form"] == "pdf" else "zip")


routes = [
    Route("/cases/{code}/confirmation", show, name="case-confirmation"),
    Route("/cases/{code}/confirmation", choose, methods=["POST"]),
    Route("/cases/{code}/confirmation/application", apply, methods=["POST"], name="case-confirmation-application"),
    Route("/cases/{code}/confirmation/filing", file, methods=["POST"], name="case-confirmation-filing"),
    Route("/cases/{code}/confirmation/withdrawal", withdraw, methods=["POST"], name="case-confirmation-withdrawal"),
    Route("/cases/{code}/confirmation/supplement", bring, methods=["POST"], name="case-confirmation-supplement"),
    Route("/cases/{code}/confirmation/package.{form}", package, name="case-confirmation-package"),
]
