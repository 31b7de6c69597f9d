"""排查: writing down that people went round, and what they found, in figures."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Unfit
from mediation.intake.sweeping import put_down, strike, sweeps_of
from web.forms import Filled, Form, read
from web.page import done, page, url_for
from web.person import now, signed_in


class SweepForm(Form):
    """One sweep."""

    on: date
    homes: int
    found: int
    settled: int


async def show(request: Request) -> Response:
    """Show the sweeps, and a form for another."""
    return await _shown(request, Filled({}, None, {}), 200)


async def add(request: Request) -> Response:
    """Write one down."""
    me, at, form = signed_in(request), now(request), await read(request, SweepForm)
    if form.data is None:
        return await _shown(request, form, 422)
    said = form.data
    try:
        await put_down(said.on, said.homes, said.found, said.settled, by=me, at=at)
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("sweeps"))


async def remove(request: Request) -> Response:
    """Strike one out."""
    await strike(request.path_params["code"], by=signed_in(request), at=now(request))
    return done(url_for("sweeps"))


async def _shown(request: Request, form: Filled[SweepForm], status: int) -> Response:
    rows, today = await sweeps_of(signed_in(request), at=now(request)), local_day(now(request))
    return await page(
        request, "mediation/intake/sweeps.html", {"rows": rows, "form": form, "today": today}, status=status
    )


routes = [
    Route("/desk/sweeps", show, name="sweeps"),
    Route("/desk/sweeps", add, methods=["POST"]),
    Route("/desk/sweeps/{code}/striking", remove, methods=["POST"], name="sweep-striking"),
]
