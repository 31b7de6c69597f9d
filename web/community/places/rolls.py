"""Importing a roll in two steps: look through the file, then confirm it."""

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.places.commands import confirm_sheet, hold, look_through
from community.places.lines import COLUMNS
from community.places.models import Place
from community.places.queries import community_for
from community.places.sheet import MOST_BYTES
from community.rights import Right
from web.community.places.forms import ConfirmForm, RollForm
from web.community.places.words import COUNTS, ROLL_HINTS
from web.forms import Filled, read, with_files
from web.page import done, page
from web.person import now, signed_in

MOST_SHOWN = 200
BODY = MOST_BYTES + 64 * 1024


async def form(request: Request) -> Response:
    """Ask for a roll file."""
    community = await _mine(request)
    return await _form(request, community, Filled({}, None, {}))


@with_files
async def look(request: Request) -> Response:
    """Look through a file and say what it would change; nothing changes yet."""
    community, person = await _mine(request), signed_in(request)
    filled = await read(request, RollForm)
    if filled.data is None:
        return await _form(request, community, filled)
    try:
        return await _report(request, community, person, await _bytes(filled.data.file), filled.data.complete)
    except Unfit as why:
        return await _form(request, community, filled.with_error(Unfit(why.reason, field="file", **why.facts)))


async def confirm(request: Request) -> Response:
    """Put a file that was looked through into the store."""
    person = signed_in(request)
    await read(request, ConfirmForm)
    await confirm_sheet(request.path_params["code"], by=person, at=now(request))
    return done("/places/roll?done=imported")


async def _report(request: Request, community: Place, person: Person, data: bytes, complete: bool) -> Response:  # noqa: FBT001
    at = now(request)
    plan = await look_through(data, community, complete=complete, by=person, at=at)
    kept = None
    if not (plan.wrong or plan.empty):
        kept = await hold(data, community, complete=complete, by=person, at=at)
    view = {
        "plan": plan,
        "counts": [(COUNTS[name], count) for name, count in plan.counts.items() if count],
        "wrong": plan.wrong[:MOST_SHOWN],
        "kept": kept,
    }
    return await page(request, "community/places/report.html", view, status=422 if plan.wrong else 200)


async def _form(request: Request, community: Place, filled: Filled[RollForm]) -> Response:
    said_done = request.query_params.get("done") == "imported"
    view = {
        "community": community,
        "form": filled,
        "columns": [(each, ROLL_HINTS[each.key]) for each in COLUMNS],
        "imported": said_done,
    }
    return await page(request, "community/places/roll.html", view, status=422 if filled.errors else 200)


async def _mine(request: Request) -> Place:
    return await community_for(signed_in(request), Right.PLACE_EDIT, at=now(request))


async def _bytes(file: UploadFile) -> bytes:
    return await file.read(MOST_BYTES + 1)


routes = [
    Route("/places/roll", form, name="roll"),
    Route("/places/roll", look, methods=["POST"], max_body_size=BODY),
    Route("/places/roll/{code}", confirm, methods=["POST"], name="confirm-roll"),
]
