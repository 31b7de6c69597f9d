"""The public page that says whether a paper is genuine: number, day, hash and state, nothing else."""

from typing import Annotated, Final

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mediation.archive.genuine import Genuine, by_code, by_number
from web.community.people.cookie import host
from web.forms import Filled, Form, read
from web.page import page
from web.person import now

HERE: Final = "mediation/archive"


class PaperCheckForm(Form):
    """What stands on the paper."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=72)]
    sha256: Annotated[str, StringConstraints(min_length=16, max_length=64, pattern=r"^[0-9A-Fa-f]+$")]


async def asked(request: Request) -> Response:
    """Ask for the number and the hash of a paper."""
    return await _shown(request, Filled({}, None, {}), None, status=200)


async def typed(request: Request) -> Response:
    """Say whether there is a paper with this number and this hash."""
    form = await read(request, PaperCheckForm)
    if form.data is None:
        return await _shown(request, form, None, status=422)
    found = await by_number(form.data.number, form.data.sha256, host=host(request), at=now(request))
    return await _answered(request, form, found)


async def scanned(request: Request) -> Response:
    """Say whether there is a paper with the code that was scanned."""
    found = await by_code(request.path_params["code"], host=host(request), at=now(request))
    return await _answered(request, Filled({}, None, {}), found)


async def _answered(request: Request, form: Filled[PaperCheckForm], found: Genuine | None) -> Response:
    return await _shown(request, form, found, status=200, answered=True)


async def _shown(
    request: Request, form: Filled[PaperCheckForm], found: Genuine | None, *, status: int, answered: bool = False
) -> Response:
    view = {"form": form, "found": found, "answered": answered}
    return await page(request, f"{HERE}/genuine.html", view, status=status)


routes = [
    Route("/papers", asked, name="paper-check"),
    Route("/papers", typed, methods=["POST"]),
    Route("/papers/{code}", scanned, name="paper"),
]
