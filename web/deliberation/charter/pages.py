"""A body's rules in plain words for everybody, and taking a version of its own rules of procedure down."""

from datetime import datetime
from typing import Any, Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.roles import roles_in_place
from community.rights import Right, may
from deliberation.ballot.models import Channel
from deliberation.ballot.readings import left_open
from deliberation.body.models import Body
from deliberation.body.procedure import find_body
from deliberation.body.queries import find
from deliberation.body.rules import PRESETS, Weight
from deliberation.charter import commands, queries
from deliberation.charter.checking import Ground
from deliberation.charter.overlay import SILENT, SWITCHES
from deliberation.charter.rules import NUMBERS, Point
from web.community.files.receive import BODY, receive
from web.deliberation.charter import shown
from web.deliberation.charter.forms import CharterForm
from web.deliberation.charter.words import SAID
from web.forms import Filled, read, with_files
from web.page import done, page
from web.person import maybe, now, signed_in

EMPTY: Final[Filled[Any]] = Filled({}, None, {})


async def show(request: Request) -> Response:
    """Show what holds for a body, from where, and which versions its own rules have had."""
    body, person, at = await find(request.path_params["id"]), maybe(request), now(request)
    own = await queries.own_rules(body.id, at)
    roles = await roles_in_place(person, body.place_id, at=at) if person else frozenset()
    today = local_day(at)
    ways, by = shown.channels(body, own, today)
    view = {
        "body": body,
        "preset": PRESETS[body.kind],
        "own": own,
        "votes": shown.votes(body, own, today),
        "held": shown.held(body, today),
        "notice": shown.notice(body, own),
        "agents": shown.agents(body, own),
        "ways": ways,
        "ways_by": by,
        "extension": shown.extension(own),
        "clocks": shown.clocks(body),
        "versions": await queries.versions(body.id),
        "said": SAID,
        "may_adopt": body.ended_at is None and may(roles, Right.MATTER_HOST),
    }
    return await page(request, "deliberation/charter/show.html", view)


async def _body(request: Request) -> Body:
    body = await find_body(request.path_params["id"], by=signed_in(request), at=now(request))
    await body.fetch_related("place")
    return body


async def new(request: Request) -> Response:
    """Show the form, filled in with the version that holds."""
    body = await _body(request)
    own = await queries.own_rules(body.id, now(request))
    typed: dict[str, object] = {f"{point}_article": clause.article for point, clause in own.clauses.items()}
    typed |= {point.value: clause.value for point, clause in own.clauses.items()}
    if Point.CHANNELS in own.clauses:
        typed[Point.CHANNELS.value] = list(own.clauses[Point.CHANNELS].ways)
    return await _form(request, body, Filled(typed, None, {}))


@with_files
async def adopt(request: Request) -> Response:
    """Take a version down, or say what is wrong with it."""
    body, by, at = await _body(request), signed_in(request), now(request)
    filled = await read(request, CharterForm)
    if filled.data is None:
        return await _form(request, body, filled, status=422)
    given = filled.data
    try:
        files = [(await receive(request, given.file, by=by)).code] if _has(given.file) else []
        await commands.adopt(body.id, given.adopted, files=files, by=by, at=at)
    except Unfit as why:
        return await _form(request, body, filled.with_error(why), status=422)
    return done(f"/bodies/{body.id}/rules")


def _has(file: UploadFile | None) -> bool:
    return file is not None and bool(file.filename)


async def _form(request: Request, body: Body, filled: Filled[Any], *, status: int = 200) -> Response:
    view = {
        "body": body,
        "points": _points(body, now(request)),
        "said_": SAID,
        "numbers": NUMBERS,
        "ways": list(Channel),
        "ballots": await commands.adopting(body),
        "filled": filled,
    }
    return await page(request, "deliberation/charter/form.html", view, status=status)


def _points(body: Body, at: datetime) -> list[Point]:
    """Return what this body may have a say in: what the law leaves open, and what it may ask more of."""
    try:
        rules = list(Ground(body.kind, body.place.code, local_day(at)).rules())
    except LookupError:
        return []
    open_ = {switch for _, _, rule in rules for switch in left_open(rule)}
    closed = {point for point, switch in SWITCHES.items() if switch not in open_}
    if not open_ & set(SILENT.values()):
        closed.add(Point.SILENCE)
    if not any(weight is Weight.MAJOR for _, weight, _ in rules):
        closed.add(Point.MAJOR)
    return [point for point in Point if rules and point not in closed]


routes = [
    Route("/bodies/{id:int}/rules", show, name="charter"),
    Route("/desk/bodies/{id:int}/charter", new, name="charter-new"),
    Route("/desk/bodies/{id:int}/charter", adopt, methods=["POST"], name="charter-adopt", max_body_size=BODY),
]
