"""The register of mediators: the list, and the sheet of each."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.intake.rules import Kind
from mediation.register.commands import Entry, enter
from mediation.register.queries import Sheet, register_of, sheet_of
from mediation.register.rules import Post, Tongue
from web.forms import Filled, read
from web.mediation.register.forms import EntryForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/register"


async def register(request: Request) -> Response:
    """Show every mediator in office with what the register says."""
    sheets = await register_of(signed_in(request), at=now(request))
    rows = [(each, [Kind(code) for code in each.kinds], [Tongue(code) for code in each.tongues]) for each in sheets]
    return await page(request, f"{HERE}/list.html", {"rows": rows})


async def sheet(request: Request) -> Response:
    """Show the sheet of one mediator."""
    told = await sheet_of(signed_in(request), request.path_params["code"], at=now(request))
    return await _sheet(request, told, Filled(_typed(told), None, {}), 200)


async def write(request: Request) -> Response:
    """Write the sheet of one mediator."""
    me, at, code = signed_in(request), now(request), request.path_params["code"]
    told, form = await sheet_of(me, code, at=at), await read(request, EntryForm)
    if form.data is None:
        return await _sheet(request, told, form, 422)
    data = form.data
    entry = Entry(data.post, data.since, data.until, tuple(data.kinds), tuple(data.tongues), data.hours)
    try:
        await enter(code, entry, by=me, at=at)
    except Unfit as wrong:
        return await _sheet(request, told, form.with_error(wrong), 422)
    return done(url_for("mediators"))


def _typed(told: Sheet) -> dict[str, object]:
    if told.entry is None:
        return {"hours": 0}
    kept = {"post": told.entry.post, "since": told.entry.since, "until": told.entry.until}
    return {**kept, "kinds": told.kinds, "tongues": told.tongues, "hours": told.hours}


async def _sheet(request: Request, told: Sheet, form: Filled[EntryForm], status: int) -> Response:
    view = {"who": told.person, "form": form, "posts": list(Post), "kinds": list(Kind), "tongues": list(Tongue)}
    return await page(request, f"{HERE}/sheet.html", view, status=status)


routes = [
    Route("/desk/mediators", register, name="mediators"),
    Route("/desk/mediators/{code}", sheet, name="mediator-sheet"),
    Route("/desk/mediators/{code}", write, methods=["POST"]),
]
