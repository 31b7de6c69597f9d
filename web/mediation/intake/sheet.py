"""The sheet of one dispute at intake: its kind, what may be one with it, whether to take it, who is afraid."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.keys import opened_case
from mediation.case.moving import choices
from mediation.case.queries import HIDDEN, visible_case
from mediation.intake import leading, screening
from mediation.intake.alike import CROSSED, Likeness
from mediation.intake.fingerprints import alike
from mediation.intake.rules import Kind
from mediation.intake.scope import CARDS, TAKEN
from mediation.intake.suggesting import suggest
from web.community.people.cookie import unbake
from web.forms import Filled, read
from web.mediation.case.view import sides
from web.mediation.intake.desk_forms import JoinForm, KindForm, ScreenForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/intake"
DESK: Final = frozenset({Seat.INTAKE, Seat.DIRECTOR})


async def show(request: Request) -> Response:
    """Show the sheet."""
    return await _shown(request, Filled({}, None, {}), 200)


async def classify(request: Request) -> Response:
    """Take the kind that the clerk chose."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, KindForm)
    await screening.at_intake(code, by=me, at=now(request))
    if form.data is None:
        return await _shown(request, form, 422)
    await screening.classify(code, form.data.kind, by=me, at=now(request))
    return done(url_for("intake-sheet", code=code))


async def join(request: Request) -> Response:
    """Join two filings of one matter; the earlier one goes on."""
    me, at, code, form = signed_in(request), now(request), request.path_params["code"], await read(request, JoinForm)
    await screening.at_intake(code, by=me, at=at)
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        keeper = await leading.merge(code, form.data.other, same=form.data.same, by=me, at=at)
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("case", code=keeper.code))


async def screen(request: Request) -> Response:
    """Keep what was said alone."""
    me, at, code, form = signed_in(request), now(request), request.path_params["code"], await read(request, ScreenForm)
    await screening.at_intake(code, by=me, at=at)
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        await screening.screen(code, form.data.screened(), by=me, at=at)
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("intake-sheet", code=code))


async def leave(request: Request) -> Response:
    """Leave quickly: signed out here, nothing kept, on a page that says nothing of a dispute."""
    return unbake(done(url_for("calendar")), request)


async def _shown(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    if not seats & DESK:
        raise Hidden(HIDDEN)
    if case.state not in screening.AT_INTAKE:
        return done(url_for("case", code=case.code))
    statement = opened_case(case, "statement")
    view: Mapping[str, object] = {
        "case": case,
        "kind": Kind(case.type_code),
        "sides": await sides(case, seats, me),
        "story": {name: opened_case(case, name) for name in ("statement", "wish", "place")},
        "reach": opened_case(case, "safe_contact") if case.safe_contact else "",
        "found": suggest(statement),
        "others": await alike(case),
        "steps": {step.event.value for step in choices(case, seats)},
        "likeness": {each.value: each for each in Likeness},
    }
    fixed = {"kinds": list(Kind), "cards": CARDS, "taken": TAKEN, "crossed": CROSSED, "redirect": Event.REDIRECT}
    return await page(request, f"{HERE}/sheet.html", {**view, **fixed, "form": form}, status=status)


routes = [
    Route("/desk/intake/{code}", show, name="intake-sheet"),
    Route("/desk/intake/{code}/kind", classify, methods=["POST"], name="intake-kind"),
    Route("/desk/intake/{code}/merge", join, methods=["POST"], name="intake-merge"),
    Route("/desk/intake/{code}/screening", screen, methods=["POST"], name="intake-screening"),
    Route("/leave", leave, methods=["POST"], name="leave"),
]
